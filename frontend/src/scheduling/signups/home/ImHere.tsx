/** 我到了, from half an hour before until the end: it leads to the door's code, without which nobody is signed in. */
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { useText } from "@/i18n";
import { Icon } from "@/ui";
import type { MyShift } from "../types";

const MINUTE = 60_000;
const EARLIEST = 30 * MINUTE;

export function ImHere({ shift }: { shift: MyShift }) {
  const t = useText();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE / 2);
    return () => clearInterval(timer);
  }, []);
  const serves = shift.state === "published" || shift.state === "accepted";
  if (!serves || now < Date.parse(shift.starts_at) - EARLIEST || now >= Date.parse(shift.ends_at)) return null;
  return (
    <Button component={Link} to="/in" size="lg" leftSection={<Icon name="check" />}>
      {t("home.im_here")}
    </Button>
  );
}
