/** With whom a child goes: those its family named, or alone where a guardian agreed to it. */
import { Radio, Stack } from "@mantine/core";
import { useText } from "@/i18n";
import type { ChildHere } from "./types";

const ALONE = "alone";

/** Who it was by what is noted; null where that is nobody on the list. */
export function whoFetched({ left_at: left, fetched_by: person, fetching, may_go_alone: alone }: ChildHere) {
  if (person !== null) return fetching.some((one) => one.person === person) ? String(person) : null;
  return left && alone ? ALONE : null;
}

interface Props {
  child: ChildHere;
  /** A person's id. */
  value: string | null;
  onChange: (who: string) => void;
}

export function WhoFetches({ child, value, onChange }: Props) {
  const t = useText();
  return (
    <Radio.Group label={t("child.with_whom")} value={value} onChange={onChange}>
      <Stack gap="sm" mt="xs">
        {child.fetching.map((one) => (
          <Radio
            key={one.person}
            value={String(one.person)}
            label={one.relation ? t("child.relation_name", { relation: one.relation, name: one.name }) : one.name}
          />
        ))}
        {child.may_go_alone && <Radio value={ALONE} label={t("child.alone")} />}
      </Stack>
    </Radio.Group>
  );
}
