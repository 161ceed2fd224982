/** Sheets of stickers: new ones are printed, those of before say how many are on books. */
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useLanguage, useText } from "@/i18n";
import { Loaded, Section, useDates, useErrorText, WeChatFallback } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../lending.module.css";

/** A4 labels, 3 by 8. */
const A_PAGE = 24;

export function Stickers({ hub }: { hub: number }) {
  const t = useText();
  const words = useErrorText();
  const dates = useDates();
  const cache = useQueryClient();
  const [pages, setPages] = useState(2);
  const sheets = api.useQuery("get", "/api/sticker-sheets");
  const print = api.useMutation("post", "/api/sticker-sheets", { onSuccess: () => cache.invalidateQueries() });
  return (
    <Section title={t("stickers.title")}>
      <p className={styles.soft}>{t("stickers.lead")}</p>
      <Stack gap="md">
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t("stickers.pages")}
            inputMode="numeric"
            value={pages || ""}
            onChange={({ currentTarget: { value } }) => setPages(Math.min(100, Number(value.replace(/\D/g, ""))))}
          />
          <Button
            loading={print.isPending}
            disabled={pages < 1}
            variant="default"
            onClick={() => print.mutate({ body: { hub_id: hub, count: pages * A_PAGE } })}
          >
            {t("stickers.make", { n: pages * A_PAGE })}
          </Button>
        </Group>
        {print.error && (
          <span role="alert" className={rows.error}>
            {words(print.error)}
          </span>
        )}
        <Loaded query={sheets}>
          {(all) => (
            <ul className={styles.lines}>
              {all.map((sheet) => (
                <li key={sheet.id}>
                  <span className={styles.about}>
                    <span>
                      {sheet.hub} · {dates.near(sheet.created_at)}
                    </span>
                    <span className={styles.soft}>{t("stickers.worn", { worn: sheet.worn, n: sheet.stickers })}</span>
                  </span>
                  {sheet.worn < sheet.stickers && <Print id={sheet.id} left={sheet.stickers - sheet.worn} />}
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Stack>
    </Section>
  );
}

function Print({ id, left }: { id: number; left: number }) {
  const t = useText();
  const language = useLanguage() === "en" ? "en" : "zh-hans";
  const address = `/api/sticker-sheets/${id}/file?language=${language}`;
  return (
    <WeChatFallback address={new URL(address, window.location.origin).href}>
      <Button component="a" href={address} target="_blank" rel="noreferrer" variant="default">
        {t("stickers.print", { n: left })}
      </Button>
    </WeChatFallback>
  );
}
