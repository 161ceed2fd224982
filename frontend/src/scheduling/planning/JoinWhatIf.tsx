/** One more volunteer: what somebody like this could take on in the week. */
import { Button, Checkbox, Chip, Group, NativeSelect, NumberInput, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { addDays, useDates } from "@/ui";
import { Dialog } from "./Dialog";
import { OutcomeView } from "./OutcomeView";
import styles from "./planning.module.css";
import type { DeskHub, Question } from "./types";
import { useProposal } from "./useProposal";
import { Answer } from "./WhatIfDialog";

const DAYS = [0, 1, 2, 3, 4, 5, 6];
const MOST = 14;
const tall = () => ({ root: { "--chip-size": "var(--target)" } });

export function JoinWhatIf({ hubs, onClose }: { hubs: DeskHub[]; onClose: () => void }) {
  const t = useText();
  const dates = useDates();
  const { run } = useProposal();
  const choices = api.useQuery("get", "/api/sessions/choices", {}, { staleTime: 60_000 });
  const [home, setHome] = useState(run.hubs[0] ?? 0);
  const [weekdays, setWeekdays] = useState<string[]>(DAYS.map(String));
  const [skills, setSkills] = useState<string[]>([]);
  const [cleared, setCleared] = useState(false);
  const [experienced, setExperienced] = useState(false);
  const [most, setMost] = useState(2);
  const [question, setQuestion] = useState<Question>();
  const ask = () =>
    setQuestion({ kind: "join", home, skills, weekdays: weekdays.map(Number), cleared, experienced, most });
  return (
    <Dialog title={t("plan.one_more")} onClose={onClose}>
      {question ? (
        <>
          <Answer question={question}>
            {(answer) => (
              <>
                <Text>
                  {answer.recruit.length > 0
                    ? t("plan.recruit_takes", { n: answer.recruit.length })
                    : t("plan.recruit_idle")}
                </Text>
                {answer.recruit.length > 0 && (
                  <ul className={styles.list}>
                    {answer.recruit.map((shift) => (
                      <li key={shift.need}>
                        {dates.span(shift.starts_at, shift.ends_at)} {shift.title}
                      </li>
                    ))}
                  </ul>
                )}
                <OutcomeView outcome={answer} />
              </>
            )}
          </Answer>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setQuestion(undefined)}>
              {t("plan.other_person")}
            </Button>
          </Group>
        </>
      ) : (
        <>
          <NativeSelect
            label={t("plan.lives_near")}
            value={home}
            onChange={(event) => setHome(Number(event.currentTarget.value))}
            data={hubs.map((hub) => ({ value: String(hub.id), label: hub.name }))}
          />
          <fieldset className={styles.chips}>
            <legend>{t("plan.can_come")}</legend>
            <Chip.Group multiple value={weekdays} onChange={setWeekdays}>
              {DAYS.map((day) => (
                <Chip key={day} value={String(day)} vars={tall}>
                  {dates.weekday(addDays(run.week, day))}
                </Chip>
              ))}
            </Chip.Group>
          </fieldset>
          <NumberInput
            label={t("plan.at_most")}
            value={most}
            min={1}
            max={MOST}
            allowDecimal={false}
            clampBehavior="strict"
            onChange={(value) => setMost(Number(value) || 1)}
          />
          {(choices.data?.skills.length ?? 0) > 0 && (
            <fieldset className={styles.chips}>
              <legend>{t("plan.skills")}</legend>
              <Chip.Group multiple value={skills} onChange={setSkills}>
                {choices.data?.skills.map((skill) => (
                  <Chip key={skill.id} value={skill.name} vars={tall}>
                    {skill.name}
                  </Chip>
                ))}
              </Chip.Group>
            </fieldset>
          )}
          <Checkbox
            checked={cleared}
            onChange={(event) => setCleared(event.currentTarget.checked)}
            label={t("plan.is_cleared")}
          />
          <Checkbox
            checked={experienced}
            onChange={(event) => setExperienced(event.currentTarget.checked)}
            label={t("plan.is_experienced")}
          />
          <Group justify="flex-end">
            <Button disabled={weekdays.length === 0} onClick={ask}>
              {t("plan.see")}
            </Button>
          </Group>
        </>
      )}
    </Dialog>
  );
}
