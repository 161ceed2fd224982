/** Adding a book: its ISBN first, typed or scanned. A known one is a copy more, a new one is described. */
import { Button, Group, Loader, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, Section, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { ScanButton } from "@/ui/ScanButton";
import { type About, BookFields, nothing } from "../BookFields";
import { BookList } from "../BookList";
import type { Book } from "../types";

/** What bar code is a book's: our own stickers have codes, too. */
const BOOK = /^97[89]/;

interface Looked {
  isbn: string;
  book: Book | null;
}

export function AddBook({ hub }: { hub: number }) {
  const t = useText();
  const words = useErrorText();
  const [typed, setTyped] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const [looked, setLooked] = useState<Looked>();
  const lookUp = api.useMutation("get", "/api/books/isbn");
  const look = (isbn: string) => {
    setTyped(isbn);
    lookUp.mutate({ params: { query: { isbn } } }, { onSuccess: setLooked });
  };
  const done = () => {
    setLooked(undefined);
    setTyped("");
    lookUp.reset();
  };
  return (
    <Section title={t("add.title")}>
      {looked ? (
        <Adding hub={hub} looked={looked} onDone={done} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            // The next book takes the place of this one.
            box.current?.select();
            look(typed);
          }}
        >
          <Stack gap="md">
            <TextInput
              ref={box}
              label={t("add.isbn")}
              description={t("add.isbn_hint")}
              inputMode="numeric"
              value={typed}
              maxLength={60}
              onChange={({ currentTarget: { value } }) => setTyped(value)}
              rightSection={lookUp.isPending && <Loader size="xs" />}
            />
            {lookUp.error && (
              <span role="alert" className={rows.error}>
                {words(lookUp.error)}
              </span>
            )}
            <Group gap="sm">
              <Button type="submit" disabled={!typed.trim()}>
                {t("add.look")}
              </Button>
              <ScanButton bars onText={(code) => BOOK.test(code) && look(code)} />
              <Button variant="subtle" onClick={() => setLooked({ isbn: "", book: null })}>
                {t("add.without")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Section>
  );
}

function Adding({ hub, looked, onDone }: { hub: number; looked: Looked; onDone: () => void }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  const [about, setAbout] = useState<About>({ ...nothing, isbn: looked.isbn });
  const [count, setCount] = useState(1);
  const [sticker, setSticker] = useState("");
  const added = (book: Book) => {
    notifyDone(t("add.done", { name: book.name }));
    void cache.invalidateQueries();
    onDone();
  };
  const add = api.useMutation("post", "/api/books/desk", { onSuccess: added });
  const more = api.useMutation("post", "/api/books/{title_id}/copies", { onSuccess: added });
  const error = add.error ?? more.error;
  const copies = { hub_id: hub, count: sticker.trim() ? 1 : count, sticker };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (looked.book) more.mutate({ params: { path: { title_id: looked.book.id } }, body: copies });
        else add.mutate({ body: { book: about, copies } });
      }}
    >
      <Stack gap="md">
        {looked.book ? (
          <>
            <Text>{t("add.known")}</Text>
            <BookList books={[looked.book]} />
          </>
        ) : (
          <BookFields about={about} onChange={setAbout} />
        )}
        <div className={rows.filters}>
          <TextInput
            label={t("add.count")}
            inputMode="numeric"
            value={sticker.trim() ? 1 : count || ""}
            disabled={sticker.trim() !== ""}
            onChange={({ currentTarget: { value } }) => setCount(Math.min(50, Number(value.replace(/\D/g, ""))))}
          />
          <TextInput
            label={t("add.sticker")}
            description={t("add.sticker_hint")}
            value={sticker}
            maxLength={200}
            onChange={({ currentTarget: { value } }) => setSticker(value)}
          />
        </div>
        {error && (
          <span role="alert" className={rows.error}>
            {words(error)}
          </span>
        )}
        <Group gap="sm">
          <Button
            type="submit"
            loading={add.isPending || more.isPending}
            disabled={copies.count < 1 || (!looked.book && !about.name.trim())}
          >
            {looked.book ? t("add.copies", { n: copies.count }) : t("add.book")}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t("ui.not_now")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
