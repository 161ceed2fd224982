/** A child as somebody enters it: the name and the day of birth. */
import { Button, Group, TextInput } from "@mantine/core";
import { useText } from "@/i18n";
import { localDay } from "@/ui";

export interface NewChild {
  key: number;
  name: string;
  born: string;
}

export const emptyChild = (key = 0): NewChild => ({ key, name: "", born: "" });
export const isWhole = (child: NewChild): boolean => child.name.trim() !== "" && child.born !== "";
export const toSend = (children: NewChild[]) => children.map(({ name, born }) => ({ name, born }));

interface Props {
  value: NewChild[];
  onChange: (children: NewChild[]) => void;
}

export function ChildFields({ value: children, onChange }: Props) {
  const t = useText();
  const set = (key: number, change: Partial<NewChild>) =>
    onChange(children.map((child) => (child.key === key ? { ...child, ...change } : child)));
  return (
    <>
      {children.map((child) => (
        <Group key={child.key} gap="sm" grow>
          <TextInput
            label={t("families.child_name")}
            value={child.name}
            onChange={(event) => set(child.key, { name: event.currentTarget.value })}
            maxLength={60}
            required
          />
          <TextInput
            label={t("families.child_born")}
            type="date"
            max={localDay(new Date())}
            value={child.born}
            onChange={(event) => set(child.key, { born: event.currentTarget.value })}
            required
          />
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          onClick={() => onChange([...children, emptyChild(Math.max(...children.map((child) => child.key)) + 1)])}
        >
          {t("families.one_more")}
        </Button>
      </Group>
    </>
  );
}
