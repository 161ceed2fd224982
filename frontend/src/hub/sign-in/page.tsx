/** Phone, code, and who of this phone's persons it is. In the demo one tap is enough. */
import { Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useText } from "@/i18n";
import { live } from "@/live";
import { OfflineBanner } from "@/ui";
import { ElderToggle } from "@/ui/shell/ElderToggle";
import { LanguageSwitch } from "@/ui/shell/LanguageSwitch";
import { Mark } from "@/ui/shell/Mark";
import { CodeForm } from "./CodeForm";
import { DemoRoles } from "./DemoRoles";
import { PersonChoice } from "./PersonChoice";
import { PhoneForm } from "./PhoneForm";
import styles from "./sign-in.module.css";

/** Only paths of our own: an address from the link may lead anywhere. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}

export default function SignInPage() {
  const t = useText();
  const [parameters] = useSearchParams();
  const next = safeNext(parameters.get("next"));
  const [phone, setPhone] = useState<string>();
  const [choosing, setChoosing] = useState(false);
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useMe().data;

  useEffect(() => {
    document.title = `${t("sign_in.title")} \u00b7 ${t("ui.product")}`;
  }, [t]);

  const enter = async () => {
    await cache.resetQueries();
    live.restart();
    navigate(next, { replace: true });
  };
  const afterCode = async () => {
    await cache.resetQueries();
    setChoosing(true);
  };
  const undecided = me?.signed_in && !me.person;
  const several = (choosing || undecided) && me && me.persons.length > 1;
  useEffect(() => {
    if (choosing && me && me.persons.length <= 1) navigate(next, { replace: true });
  }, [choosing, me, navigate, next]);

  return (
    <>
      <OfflineBanner />
      <header className={styles.tools}>
        <ElderToggle />
        <LanguageSwitch />
      </header>
      <main className={styles.page}>
        <Stack gap="xl">
          <div className={styles.product}>
            <Mark size={56} />
            <div>
              <Title order={1}>{t("ui.product")}</Title>
              <Text c="dimmed">{t("ui.tagline")}</Text>
            </div>
          </div>
          {several ? (
            <PersonChoice persons={me.persons} onChosen={enter} />
          ) : phone ? (
            <CodeForm phone={phone} demo={me?.demo ?? false} onDone={afterCode} onBack={() => setPhone(undefined)} />
          ) : (
            <PhoneForm onSent={setPhone} />
          )}
          {me && !me.demo && !me.signed_in && <SetupHint />}
          {me?.demo && !phone && <DemoRoles onDone={enter} />}
        </Stack>
      </main>
    </>
  );
}

/** A new installation has nobody who could sign in. */
function SetupHint() {
  const t = useText();
  const { data } = api.useQuery("get", "/api/setup", {}, { staleTime: Number.POSITIVE_INFINITY });
  return data?.open ? <Text>{t("sign_in.setup_first")}</Text> : null;
}
