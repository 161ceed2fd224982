/** The consents of one child as questions: each apart, none answered beforehand. */
import { Group, Radio, Stack } from "@mantine/core";
import { useText } from "@/i18n";
import { ConsentText } from "./ConsentText";
import styles from "./families.module.css";
import type { Answers, Kind } from "./types";

interface Props {
  /** Whose, and in which form: tells the groups of a page apart. */
  id: string;
  versions: { kind: Kind; version: number }[];
  answers: Answers;
  onAnswer: (kind: Kind, granted: boolean) => void;
}

export function Questions({ id, versions, answers, onAnswer }: Props) {
  const t = useText();
  return (
    <Stack gap="md">
      {versions.map(({ kind, version }) => {
        const said = answers[kind];
        return (
          <div key={kind}>
            <Radio.Group
              name={`${id}-${kind}`}
              label={t(`consents.${kind}`)}
              value={said === undefined ? "" : said ? "yes" : "no"}
              onChange={(value) => onAnswer(kind, value === "yes")}
            >
              <Group gap="xl">
                <Radio className={styles.answer} value="yes" size="md" label={t("families.agree")} />
                <Radio className={styles.answer} value="no" size="md" label={t("families.disagree")} />
              </Group>
            </Radio.Group>
            <ConsentText kind={kind} version={version} />
          </div>
        );
      })}
    </Stack>
  );
}
