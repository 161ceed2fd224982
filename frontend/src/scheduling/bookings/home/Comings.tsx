/** 到了, 跟外婆回家了: today's coming and going, for who is far away; told by message if they wish. */
import { Switch } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Section, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Came } from "../types";

/** First on the page on a day with news, else last. */
export function Comings({ first }: { first: boolean }) {
  const t = useText();
  const words = useErrorText();
  const comings = api.useQuery("get", "/api/attendance/children/mine", {}, { meta: { live: ["attendance"] } });
  const wish = api.useMutation("put", "/api/attendance/children/mine", { onSuccess: () => comings.refetch() });
  if (!comings.data || comings.data.today.length > 0 !== first) return null;
  const { told, today } = comings.data;
  return (
    <Section title={t("family.comings")}>
      {today.length > 0 && (
        <ul className={rows.list}>
          {today.map((one) => (
            <CameRow key={one.booking} came={one} />
          ))}
        </ul>
      )}
      <Switch
        label={t("family.tell_comings")}
        checked={wish.isPending ? wish.variables.body.told : told}
        onChange={(event) => wish.mutate({ body: { told: event.currentTarget.checked } })}
      />
      {wish.error !== null && (
        <span role="alert" className={rows.error}>
          {words(wish.error)}
        </span>
      )}
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
