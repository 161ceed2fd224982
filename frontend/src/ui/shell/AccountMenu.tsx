/** Who I am and in which role: the other persons of this phone, the other roles and hubs, language, sign-out. */

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { signOut } from "@/api/auth";
import { chooseGrant, type Grant, grantKey, useGrant, useGrants, useMe, useSwitchPerson } from "@/api/me";
import { useText } from "@/i18n";
import { live } from "@/live";
import { Icon } from "../icons";
import { Disclosure } from "./Disclosure";
import { LanguageSwitch } from "./LanguageSwitch";
import styles from "./shell.module.css";

export function AccountMenu() {
  const t = useText();
  const me = useMe().data;
  const grants = useGrants();
  const active = useGrant();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const switchPerson = useSwitchPerson();
  if (!me?.person) return <LanguageSwitch />;

  const act = (grant: Grant) => {
    chooseGrant(grant);
    navigate("/");
  };
  const become = async (id: number) => {
    await switchPerson(id);
    live.restart();
    navigate("/");
  };
  const leave = async () => {
    await signOut();
    cache.clear();
    live.restart();
    navigate("/sign-in");
  };
  const roleWords = (grant: Grant) => [t(`role.${grant.role}`), grant.scope_name].filter(Boolean).join(" \u00b7 ");

  return (
    <Disclosure label={me.person.name} icon="down">
      {grants.map((grant) => (
        <Choice
          key={grantKey(grant)}
          chosen={active !== undefined && grantKey(grant) === grantKey(active)}
          onChoose={() => act(grant)}
        >
          {roleWords(grant)}
        </Choice>
      ))}
      {me.persons.length > 1 && (
        <div className={styles.group}>
          {me.persons.map((person) => (
            <Choice key={person.id} chosen={person.id === me.person?.id} onChoose={() => void become(person.id)}>
              {person.name}
            </Choice>
          ))}
        </div>
      )}
      <div className={styles.group}>
        <button type="button" className={styles.tool} onClick={() => navigate("/my-data")}>
          <Icon name="me" size="1.25em" /> {t("ui.my_data")}
        </button>
        <LanguageSwitch />
        <button type="button" className={styles.tool} onClick={() => void leave()}>
          <Icon name="sign_out" size="1.25em" /> {t("ui.sign_out")}
        </button>
      </div>
    </Disclosure>
  );
}

function Choice(props: { chosen: boolean; onChoose: () => void; children: React.ReactNode }) {
  return (
    <button type="button" className={styles.tool} aria-current={props.chosen || undefined} onClick={props.onChoose}>
      <span className={styles.tick}>{props.chosen && <Icon name="check" size="1.25em" />}</span>
      {props.children}
    </button>
  );
}
