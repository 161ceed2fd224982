/** Books that may be meant by what is typed: one tap instead of typing on. */
import { Button, Group, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import type { BookRow } from "./types";

const PAUSE = 300;
const SHOWN = 3;

/** The first few of the catalog, by name, author, initials or ISBN. */
export function useBooksLike(text: string): BookRow[] {
  const [settled] = useDebouncedValue(text.trim(), PAUSE);
  const enabled = settled.length > 1 && text.trim().length > 1;
  const found = api.useQuery("get", "/api/books", { params: { query: { q: settled } } }, { enabled });
  return (enabled && found.data?.rows.slice(0, SHOWN)) || [];
}

interface Choice {
  key: string | number;
  label: string;
  onChoose: () => void;
}

export function BookChoices({ choices }: { choices: Choice[] }) {
  const t = useText();
  if (choices.length === 0) return null;
  return (
    <div>
      <Text size="sm">{t("books.is_it")}</Text>
      <Group gap="xs">
        {choices.map(({ key, label, onChoose }) => (
          // The field keeps the focus, and with it what stands below.
          <Button key={key} variant="default" onMouseDown={(event) => event.preventDefault()} onClick={onChoose}>
            {label}
          </Button>
        ))}
      </Group>
    </div>
  );
}

export function useBookLabel(): (book: BookRow) => string {
  const t = useText();
  return ({ name, authors }) => [name, authors].filter(Boolean).join(t("ui.joiner"));
}
