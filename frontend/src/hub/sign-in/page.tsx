/** Phone, code, and who of this phone's persons it is. In the demo one tap is enough. */
import { Anchor, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useText } from "@/i18n";
import { live } from "@/live";
import { BarePage, Greeting } from "@/ui";
import { CodeForm } from "./CodeForm";
import { DemoRoles } from "./DemoRoles";
import { PersonChoice } from "./PersonChoice";
import { PhoneForm } from "./PhoneForm";

/** Only paths of our own: an address from the link may lead anywhere. */
export function safeNext(next: string | null): string {
  // Browsers read a backslash as a slash and pass over tabs and line breaks.
  return next && /^\/(?![/\\])[^\t\r\n]*$/.test(next) ? next : "/";
}

export default function SignInPage() {
  const t = useText();
  const [parameters] = useSearchParams();
  const next = safeNext(parameters.get("next"));
  const first = parameters.has("new");
  const [phone, setPhone] = useState<string>();
  const [choosing, setChoosing] = useState(false);
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useMe().data;

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
    <BarePage title={t("sign_in.title")}>
      <Greeting title={t("ui.product")} lead={t("ui.tagline")} />
      {several ? (
        <PersonChoice persons={me.persons} onChosen={enter} />
      ) : phone ? (
        <CodeForm phone={phone} demo={me?.demo ?? false} onDone={afterCode} onBack={() => setPhone(undefined)} />
      ) : (
        <>
          {first && <Text>{t("sign_in.first")}</Text>}
          <PhoneForm first={first} onSent={setPhone} />
          {!first && (
            <Anchor component={Link} to="/family/start" underline="always">
              {t("sign_in.start_family")}
            </Anchor>
          )}
        </>
      )}
      {me && !me.demo && !me.signed_in && <SetupHint />}
      {me?.demo && !phone && <DemoRoles onDone={enter} />}
    </BarePage>
  );
}

/** A new installation has nobody who could sign in. */
function SetupHint() {
  const t = useText();
  const { data } = api.useQuery("get", "/api/setup", {}, { staleTime: Number.POSITIVE_INFINITY });
  return data?.open ? <Text>{t("sign_in.setup_first")}</Text> : null;
}
