/** The code of whoever fetches the children: checked here, a few times. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Family, Sheet } from "../types";
import { useNow } from "../useNow";
import { triesLeft } from "./children";
import { checkCode } from "./codes";
import styles from "./device.module.css";
import { type Deed, read } from "./store";

const DIGITS = 6;

interface Props {
  family: Family;
  sheet: Sheet;
  deeds: Deed[];
  disabled: boolean;
  onRight: (stretched: ArrayBuffer) => Promise<void>;
  onWrong: () => Promise<void>;
}

export function CodeForm({ family, sheet, deeds, disabled, onRight, onWrong }: Props) {
  const t = useText();
  const dates = useDates();
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<"wrong" | "unready">();
  const [busy, setBusy] = useState(false);
  const { left, until } = triesLeft(family, deeds, useNow());
  if (family.codes.length === 0) {
    return <p className={rows.soft}>{t(sheet.complete ? "tablet.no_codes" : "tablet.codes_come")}</p>;
  }
  const check = async () => {
    const key = await read("codeKey");
    if (!key) return setFault("unready");
    const stretched = await checkCode(code, family, sheet, key);
    if (stretched) return onRight(stretched);
    await onWrong();
    setFault("wrong");
    setCode("");
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(undefined);
    check()
      .catch(() => setFault("unready"))
      .finally(() => setBusy(false));
  };
  const said =
    left === 0
      ? t("tablet.code_locked", { time: dates.time(new Date(until)) })
      : fault === "wrong"
        ? t("tablet.code_wrong", { left })
        : fault && t("tablet.code_unready");
  return (
    <form className={styles.typing} onSubmit={submit}>
      <TextInput
        label={t("child.code")}
        description={t("child.code_hint")}
        inputMode="numeric"
        autoComplete="off"
        size="lg"
        maxLength={DIGITS}
        value={code}
        disabled={left === 0}
        error={said}
        inputWrapperOrder={["label", "description", "error", "input"]}
        onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, ""))}
        data-autofocus
        data-digits
      />
      <Button type="submit" size="lg" loading={busy} disabled={disabled || left === 0 || code.length < DIGITS}>
        {t("tablet.code_do")}
      </Button>
    </form>
  );
}
