/** 签到表: who was there, as it was noted; corrected where it is noted, printed from here. */
import { Button, Checkbox, Group } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useLanguage, useText } from "@/i18n";
import { Icon, localDay, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../files.module.css";
import type { FileOut, Line, Put } from "../types";
import { GoesWithout, Part } from "./Part";

export function SheetPart({ file, put }: { file: FileOut; put: Put }) {
  const t = useText();
  const language = useLanguage();
  const [names, setNames] = useState(false);
  const { session, volunteers, children } = file;
  const lacking = file.lacks.includes("sheet") && !file.without.sheet;
  const asked = new URLSearchParams({
    language: language === "en" ? "en" : "zh-hans",
    names: String(names),
  });
  const came = (lines: Line[]) => lines.filter((one) => one.came).length;
  return (
    <Part title={t("file.section_sheet")} there={!lacking}>
      <p>{t("file.came", { volunteers: came(volunteers), children: came(children) })}</p>
      <details className={rows.fold} open={lacking || undefined}>
        <summary>{t("file.whole_sheet", { count: volunteers.length + children.length })}</summary>
        <table className={styles.sheet}>
          <thead>
            <tr>
              <th scope="col">{t("file.name")}</th>
              <th scope="col">{t("file.times")}</th>
              <th scope="col">{t("file.noted")}</th>
            </tr>
          </thead>
          <tbody>
            {[...volunteers, ...children].map((one, index) => (
              // Lines have no id of their own, and their order stays.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <Row key={index} line={one} />
            ))}
          </tbody>
        </table>
      </details>
      {lacking && (
        <>
          <p className={rows.reason}>
            <Icon name="warning" /> {t("file.sheet_lacks")}
          </p>
          <Group>
            <Button
              component={Link}
              to={`/check-in?hub=${session.hub_id}&day=${localDay(session.starts_at)}`}
              variant="default"
            >
              {t("file.to_check_in")}
            </Button>
          </Group>
        </>
      )}
      {(lacking || file.without.sheet) && <GoesWithout part="sheet" file={file} put={put} />}
      {children.length > 0 && (
        <Checkbox
          label={t("file.full_names")}
          description={t("file.full_names_hint")}
          checked={names}
          onChange={(event) => setNames(event.currentTarget.checked)}
        />
      )}
      <Group>
        <Button
          component="a"
          href={`/api/files/sessions/${session.id}/paper?${asked}`}
          target="_blank"
          rel="noreferrer"
          variant="default"
          leftSection={<Icon name="print" />}
        >
          {t("file.print")}
        </Button>
      </Group>
    </Part>
  );
}

function Row({ line }: { line: Line }) {
  const t = useText();
  const dates = useDates();
  const { name, role, came, went, how, by } = line;
  const times = came ? `${dates.time(came)}-${went ? dates.time(went) : ""}` : "";
  return (
    <tr>
      <td>
        {name} <span className={rows.soft}>{role || t("file.child")}</span>
      </td>
      <td>{times}</td>
      <td>
        {t(how ? `file.how_${how}` : "file.how_nothing")} {by && <span className={rows.soft}>{by}</span>}
      </td>
    </tr>
  );
}
