/**
 * 我到了, from half an hour before until the end: it leads to the door's code, without which nobody is signed in. Whoever
 * is signed in reads since when, and goes the same way out.
 */
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { MyShift } from "../types";

const MINUTE = 60_000;
const EARLIEST = 30 * MINUTE;

export function ImHere({ shift }: { shift: MyShift }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE / 2);
    return () => clearInterval(timer);
  }, []);
  const serves = shift.state === "published" || shift.state === "accepted";
  if (!serves || now < Date.parse(shift.starts_at) - EARLIEST || now >= Date.parse(shift.ends_at)) return null;
  return <AtTheDoor shift={shift} />;
}

function AtTheDoor({ shift }: { shift: MyShift }) {
  const t = useText();
  const dates = useDates();
  const noted = api.useQuery("get", "/api/attendance/mine", {}, { meta: { live: ["attendance"] } });
  if (noted.isPending) return null;
  // Not known for now: the door says how they stand.
  const mine = noted.data?.find((one) => one.assignment === shift.id);
  const { signed_in_at: came, signed_out_at: went } = mine ?? {};
  if (!came) {
    return (
      <Button component={Link} to="/in" size="lg" leftSection={<Icon name="check" />}>
        {t("home.im_here")}
      </Button>
    );
  }
  return (
    <>
      <span className={rows.lead} role="status">
        <Icon name="check" />
        {went ? t("home.went_at", { time: dates.time(went) }) : t("home.here_since", { time: dates.time(came) })}
      </span>
      {!went && (
        <Button component={Link} to="/in" variant="default" size="lg">
          {t("home.i_go")}
        </Button>
      )}
    </>
  );
}
