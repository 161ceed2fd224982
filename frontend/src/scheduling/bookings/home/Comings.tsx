/** 到了, 跟外婆回家了: today's coming and going, for who is far away. */
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Section, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Came } from "../types";

export function Comings() {
  const t = useText();
  const comings = api.useQuery("get", "/api/attendance/children/mine", {}, { meta: { live: ["attendance"] } });
  if (!comings.data?.today.length) return null;
  return (
    <Section title={t("family.comings")}>
      <ul className={rows.list}>
        {comings.data.today.map((one) => (
          <CameRow key={one.booking} came={one} />
        ))}
      </ul>
    </Section>
  );
}

function CameRow({ came }: { came: Came }) {
  const t = useText();
  const dates = useDates();
  const { name, hub, arrived_at: arrived, left_at: left } = came;
  const who = came.relation || came.went_with;
  return (
    <li className={rows.facts}>
      {arrived && <span>{t("family.came", { name, hub, at: dates.time(arrived) })}</span>}
      {left && (
        <span className={rows.name}>
          {came.doubt
            ? t("family.went_unclear", { name, at: dates.time(left) })
            : who
              ? t("family.went_with", { name, who, at: dates.time(left) })
              : t("family.went_alone", { name, at: dates.time(left) })}
        </span>
      )}
    </li>
  );
}
