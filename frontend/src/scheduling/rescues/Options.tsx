/** Whom, or which session: a tap on one shows what would follow. */
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Call } from "@/scheduling/board/PlacePerson";
import type { SessionPanel } from "@/scheduling/board/types";
import { useDates } from "@/ui";
import styles from "./rescues.module.css";
import { Taking } from "./Taking";
import type { Option, Way, Wish } from "./types";
import { useWhyNot } from "./why";

interface Props {
  way: Way;
  session: SessionPanel;
  onLeave: () => void;
  onFull: () => void;
}

export function Options({ way, session, onLeave, onFull }: Props) {
  const able = way.options.filter((one) => !one.refused);
  const only = able.length === 1 ? able[0] : undefined;
  const [chosen, setChosen] = useState<Option | undefined>(only);
  const kind = way.kind as Wish["kind"];
  if (chosen)
    return (
      <Taking
        session={session}
        wish={{ kind, option: chosen.id }}
        to={kind === "merge" ? chosen : undefined}
        onLeave={only ? onLeave : () => setChosen(undefined)}
        onFull={onFull}
      />
    );
  return (
    <ul className={styles.options}>
      {way.options.map((one) => (
        <OneOption key={one.id} option={one} onChoose={() => setChosen(one)} />
      ))}
    </ul>
  );
}

function OneOption({ option, onChoose }: { option: Option; onChoose: () => void }) {
  const t = useText();
  const dates = useDates();
  const whyNot = useWhyNot();
  const { name, phone, starts_at: at, missing, free, refused } = option;
  const title = at ? `${dates.time(at)} ${name}` : name;
  const choose = t(at ? "rescue.choose_session" : "rescue.choose_person");
  return (
    <li>
      <span>
        {title}
        <Text size="sm" c="dimmed">
          {refused ? whyNot(refused) : at ? t("rescue.other_session", { missing, free }) : ""}
        </Text>
      </span>
      <Group gap="sm">
        <Call name={name} phone={phone} />
        {!refused && (
          <Button variant="default" onClick={onChoose} aria-label={t("rescue.choose_which", { choose, name: title })}>
            {choose}
          </Button>
        )}
      </Group>
    </li>
  );
}
