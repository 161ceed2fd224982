/** The yearly notice, pasted: its days are shown before they hold. */
import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, Section, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

export function Notice({ onTaken }: { onTaken: (year: number) => void }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const cache = useQueryClient();
  const [text, setText] = useState("");
  const take = api.useMutation("post", "/api/working-days/notice", {
    onSuccess: async (days, sent) => {
      const last = days.at(-1);
      if (!sent.body.write || !last) return;
      await cache.invalidateQueries({ queryKey: ["get", "/api/working-days"] });
      setText("");
      take.reset();
      notifyDone(t("days.notice_done"));
      onTaken(Number(last.day.slice(0, 4)));
    },
  });
  const shown = take.data;
  const news = shown?.filter((one) => one.new) ?? [];
  const post = (write: boolean) => take.mutate({ body: { text, write } });
  return (
    <Section title={t("days.notice")}>
      <Stack gap="md">
        <Textarea
          label={t("days.notice_text")}
          description={t("days.notice_hint")}
          autosize
          minRows={4}
          maxRows={12}
          maxLength={20_000}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            take.reset();
          }}
        />
        {take.error && (
          <span role="alert" className={rows.error}>
            {words(take.error)}
          </span>
        )}
        {shown && (
          <>
            <p role="status">{t("days.notice_read", { n: shown.length, news: news.length })}</p>
            <ul className={rows.list}>
              {news.map((one) => (
                <li key={one.day} className={rows.row}>
                  <span className={rows.told}>
                    <span className={rows.name}>{dates.day(one.day)}</span>
                    <StateMark state={one.works ? "full" : "waiting"}>
                      {t(one.works ? "days.works" : "days.off")}
                    </StateMark>
                    {one.instead_of && <span>{t("days.instead_of", { day: dates.day(one.instead_of) })}</span>}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        <Group>
          {news.length > 0 ? (
            <Button loading={take.isPending} onClick={() => post(true)}>
              {t("days.notice_take", { n: news.length })}
            </Button>
          ) : (
            <Button
              variant="default"
              disabled={text.trim() === "" || shown !== undefined}
              loading={take.isPending}
              onClick={() => post(false)}
            >
              {t("days.notice_look")}
            </Button>
          )}
        </Group>
      </Stack>
    </Section>
  );
}
