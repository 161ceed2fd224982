/** Who borrows: the family's card, the guardian's whole number, or the name of a child known here. */
import { Button, Group, Loader, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { ScanButton } from "@/ui/ScanButton";
import styles from "../circulation.module.css";
import type { Chosen } from "./page";

interface Props {
  hub: number;
  chosen?: Chosen;
  onChoose: (chosen: Chosen | undefined) => void;
}

export function ReaderChoice({ hub, chosen, onChoose }: Props) {
  const t = useText();
  const words = useErrorText();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [said, setSaid] = useState("");
  const params = { path: { hub_id: hub }, query: { said } };
  const found = api.useQuery("get", "/api/lending/hubs/{hub_id}/readers", { params }, { enabled: said !== "" });
  const error: unknown = found.error;
  if (chosen) {
    return (
      <div className={styles.box} role="status">
        <div className={styles.line}>
          <span className={styles.about}>
            <span className={styles.name}>{chosen.reader.name}</span>
            <span className={rows.soft}>{t("counter.has", { count: chosen.reader.out })}</span>
          </span>
          <Button
            variant="default"
            onClick={() => {
              onChoose(undefined);
              setTyped("");
              setSaid("");
            }}
          >
            {t("counter.next_reader")}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form
      className={styles.box}
      onSubmit={(event) => {
        event.preventDefault();
        const text = typed.trim();
        // The next card takes the place of this one.
        box.current?.select();
        if (text === said) void found.refetch();
        else setSaid(text);
      }}
    >
      <TextInput
        ref={box}
        label={t("counter.who")}
        description={t("counter.who_hint")}
        leftSection={<Icon name="search" />}
        value={typed}
        maxLength={60}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => setTyped(value)}
        enterKeyHint="search"
        rightSection={found.isFetching && <Loader size="xs" />}
      />
      <Group gap="sm">
        <Button type="submit" variant="default" disabled={!typed.trim()}>
          {t("counter.find")}
        </Button>
        <ScanButton onText={setSaid} />
      </Group>
      {error !== null && said !== "" && (
        <span role="alert" className={rows.error}>
          {words(error)}
        </span>
      )}
      {said !== "" && found.data?.length === 0 && <span role="status">{t("counter.nobody")}</span>}
      <div className={styles.choices}>
        {said !== "" &&
          found.data?.map((reader) => (
            <Button key={reader.id} variant="default" onClick={() => onChoose({ reader, said })}>
              {reader.name}
            </Button>
          ))}
      </div>
    </form>
  );
}
