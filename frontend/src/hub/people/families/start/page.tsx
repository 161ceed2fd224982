/** A family begins: by a guardian, or by who looks after the children and names the guardian. */
import { Button, SegmentedControl, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Navigate, useNavigate } from "react-router";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useText } from "@/i18n";
import { live } from "@/live";
import { BarePage, Skeleton, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { ChildFields, emptyChild, isWhole, toSend } from "../ChildFields";

type Part = "guardian" | "caregiver";

export default function StartFamilyPage() {
  const t = useText();
  const me = useMe();
  if (me.data && !me.data.signed_in) return <Navigate to="/sign-in?new=1&next=/family/start" replace />;
  return (
    <BarePage title={t("families.start")} named>
      {me.data ? <Form known={me.data.person?.name ?? ""} /> : <Skeleton />}
    </BarePage>
  );
}

function Form({ known }: { known: string }) {
  const t = useText();
  const words = useErrorText();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [part, setPart] = useState<Part>("guardian");
  const [name, setName] = useState("");
  const [relation, setRelation] = useState("");
  const [children, setChildren] = useState([emptyChild()]);
  const [guardian, setGuardian] = useState({ name: "", phone: "", relation: "" });
  const start = api.useMutation("post", "/api/families/start", {
    onSuccess: async () => {
      await cache.resetQueries();
      live.restart();
      navigate("/family", { replace: true });
    },
  });
  const caregiver = part === "caregiver";
  const whole =
    children.every(isWhole) &&
    (known || name.trim()) &&
    (!caregiver || (guardian.name.trim() !== "" && guardian.phone.trim() !== ""));
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    start.mutate({
      body: { name, part, relation, children: toSend(children), guardian: caregiver ? guardian : null },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <div>
          <Title order={1}>{t("families.start")}</Title>
          <Text c="dimmed">{t(caregiver ? "families.start_caregiver" : "families.start_guardian")}</Text>
        </div>
        <SegmentedControl
          value={part}
          onChange={(value) => setPart(value as Part)}
          aria-label={t("families.who_am_i")}
          data={[
            { value: "guardian", label: t("families.i_am_guardian") },
            { value: "caregiver", label: t("families.i_am_caregiver") },
          ]}
        />
        {!known && (
          <TextInput
            label={t("families.my_name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={60}
            required
          />
        )}
        <TextInput
          label={t("families.my_relation")}
          placeholder={t(caregiver ? "families.relation_caregiver" : "families.relation_guardian")}
          value={relation}
          onChange={(event) => setRelation(event.currentTarget.value)}
          maxLength={20}
        />
        <Title order={2}>{t("families.children")}</Title>
        <ChildFields value={children} onChange={setChildren} />
        {caregiver && (
          <>
            <Title order={2}>{t("families.guardian")}</Title>
            <TextInput
              label={t("families.guardian_name")}
              value={guardian.name}
              onChange={(event) => setGuardian({ ...guardian, name: event.currentTarget.value })}
              maxLength={60}
              required
            />
            <TextInput
              label={t("families.guardian_phone")}
              description={t("families.guardian_phone_hint")}
              type="tel"
              inputMode="tel"
              value={guardian.phone}
              onChange={(event) => setGuardian({ ...guardian, phone: event.currentTarget.value })}
              required
            />
          </>
        )}
        {start.error && (
          <p role="alert" className={rows.error}>
            {words(start.error)}
          </p>
        )}
        <Button type="submit" size="lg" disabled={!whole} loading={start.isPending}>
          {t(caregiver ? "families.start_ask" : "families.start_do")}
        </Button>
      </Stack>
    </form>
  );
}
