/** One family at the desk: how each child's consents stand, and what is to be done. */
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, notifyDone, StateMark, useDates, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { FamilyCard } from "../FamilyCard";
import styles from "../families.module.css";
import { type Child, type DeskFamily, KINDS } from "../types";
import { NotesDialog } from "./NotesDialog";
import { PaperDialog } from "./PaperDialog";

interface Props {
  family: DeskFamily;
  /** The guardian's number by which it was found; it opens what no session of ours knows. */
  told: string;
  onChanged: (family: DeskFamily) => void;
}

export function DeskFamilyRow({ family, told, onChanged }: Props) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const [paper, setPaper] = useState<Child>();
  const [noted, setNoted] = useState<Child>();
  const path = { params: { path: { family_id: family.id } }, body: { guardian_phone: told } };
  const ask = api.useMutation("post", "/api/families/{family_id}/desk/ask", {
    onSuccess: (changed) => {
      onChanged(changed);
      notifyDone(t("families.asked_done"));
    },
  });
  const card = api.useMutation("post", "/api/families/{family_id}/desk/card");
  const asked = family.asked.find((one) => one.purpose === "consent");
  const error = ask.error ?? card.error;
  const about = [family.phone, family.hub, ...family.caregivers].filter(Boolean).join(" · ");
  return (
    <li className={rows.row}>
      <div className={rows.facts}>
        <span className={rows.name}>
          {t("families.of", { names: family.guardians.map((one) => one.name).join(t("ui.joiner")) })}
        </span>
        <span className={rows.soft}>{about}</span>
        {!family.confirmed && (
          <StateMark state="waiting">
            {asked ? t("families.desk_asked", { day: dates.date(asked.sent_at) }) : t("families.desk_waiting")}
          </StateMark>
        )}
      </div>
      <ul className={rows.list}>
        {family.children.map((child) => (
          <li key={child.id} className={rows.row}>
            <div className={rows.facts}>
              <span>
                {child.age === null ? child.name : t("families.name_age", { name: child.name, age: child.age })}
              </span>
              <ChildsConsents child={child} />
            </div>
            <div className={rows.told}>
              <Button
                variant="default"
                onClick={() => setPaper(child)}
                aria-label={t("families.paper_which", { name: child.name })}
              >
                {t("families.paper")}
              </Button>
              {family.helped.includes(child.id) && (
                <Button
                  variant="subtle"
                  onClick={() => setNoted(child)}
                  aria-label={t("families.notes_of", { name: child.name })}
                >
                  {t("families.notes_desk")}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <div className={rows.told}>
        {!family.confirmed && (
          <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate(path)}>
            {t(asked ? "families.send_again" : "families.send_link")}
          </Button>
        )}
        {family.confirmed && (
          <Button
            variant="default"
            leftSection={<Icon name="print" />}
            loading={card.isPending}
            onClick={() => card.mutate(path)}
          >
            {t("families.desk_card")}
          </Button>
        )}
      </div>
      {error && (
        <p role="alert" className={rows.error}>
          {words(error)}
        </p>
      )}
      {paper && (
        <PaperDialog
          child={paper}
          family={family}
          told={told}
          onClose={() => setPaper(undefined)}
          onDone={(changed) => {
            onChanged(changed);
            setPaper(undefined);
          }}
        />
      )}
      {noted && <NotesDialog child={noted} onClose={() => setNoted(undefined)} />}
      {card.data && <CardDialog card={card.data} onClose={() => card.reset()} />}
    </li>
  );
}

function ChildsConsents({ child }: { child: Child }) {
  const t = useText();
  return (
    <span className={rows.told}>
      {KINDS.map((kind) => {
        const one = child.consents.find((consent) => consent.kind === kind);
        if (!one) return null;
        const state = one.open ? "waiting" : one.granted ? "full" : "empty";
        return (
          <StateMark key={kind} state={state}>
            {t(`families.short_${kind}_${one.open ? "open" : one.granted ? "yes" : "no"}`)}
          </StateMark>
        );
      })}
    </span>
  );
}

function CardDialog({ card, onClose }: { card: React.ComponentProps<typeof FamilyCard>["card"]; onClose: () => void }) {
  const t = useText();
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={t("families.card")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <div className={styles.above}>
        {card.revoked ? <StateMark state="cancelled">{t("families.card_off")}</StateMark> : <FamilyCard card={card} />}
      </div>
      {!card.revoked && (
        <Button mt="md" leftSection={<Icon name="print" />} onClick={() => window.print()} data-no-print>
          {t("ui.print")}
        </Button>
      )}
    </Modal>
  );
}
