/** What staff told a family of a small thing at a session; nothing where nothing was. */
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Section, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";

export function Told() {
  const t = useText();
  const dates = useDates();
  const told = api.useQuery("get", "/api/incidents/told", {}, { meta: { live: ["incident"] } });
  if (!told.data?.length) return null;
  return (
    <Section title={t("family.told_title")}>
      <ul className={rows.list}>
        {told.data.map((one) => (
          <li key={one.id} className={rows.row}>
            <span className={rows.name}>{one.child}</span>
            <p>{one.words}</p>
            <span className={rows.soft}>
              {t("family.told_when", {
                when: `${dates.near(one.happened_at)} ${dates.time(one.happened_at)}`,
                program: one.program,
                name: one.told_by,
              })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
