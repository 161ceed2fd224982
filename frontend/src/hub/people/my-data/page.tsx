/** 我的数据: everything kept about me and my children, to look through, take along, and have erased. */
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Icon, Loaded, Page, Section, WeChatFallback } from "@/ui";
import rows from "@/ui/rows.module.css";
import { ByWeChat } from "./ByWeChat";
import { EraseDialog } from "./EraseDialog";
import styles from "./my-data.module.css";

type About = components["schemas"]["AboutOut"];
type Kept = components["schemas"]["KeptOut"];

export default function MyDataPage() {
  const t = useText();
  const query = api.useQuery("get", "/api/my-data");
  return (
    <Page title={t("my_data.title")} lead={t("my_data.lead")}>
      <TakeAlong />
      <ByWeChat />
      <Loaded query={query}>
        {(abouts) => (
          <>
            {abouts.map((about) => (
              <Section
                key={about.id}
                title={about.child ? t("my_data.child", { name: about.name }) : t("my_data.mine")}
              >
                <div className={styles.parts}>
                  {about.kept.map((kept) => (
                    <Part key={kept.name} kept={kept} />
                  ))}
                </div>
              </Section>
            ))}
            <Erase abouts={abouts} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Downloads: WeChat's browser has none, so there the address is copied. */
function TakeAlong() {
  const t = useText();
  const path = "/api/my-data/export?form=";
  return (
    <WeChatFallback address={new URL("/my-data", window.location.origin).href}>
      <Group gap="sm">
        <Button component="a" href={`${path}xlsx`} download variant="default" leftSection={<Icon name="download" />}>
          {t("my_data.as_xlsx")}
        </Button>
        <Button component="a" href={`${path}json`} download variant="subtle">
          {t("my_data.as_json")}
        </Button>
      </Group>
    </WeChatFallback>
  );
}

function Part({ kept }: { kept: Kept }) {
  const t = useText();
  return (
    <details className={styles.part}>
      <summary>
        <span className={styles.title}>
          <Icon name="down" size="1em" /> {kept.title}
        </span>
        <span className={rows.soft}>
          {t("my_data.count", { count: kept.count })}
          {kept.stays && ` \u00b7 ${t("my_data.stays")}`}
        </span>
      </summary>
      {kept.rows.map((row, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a document have no name but their place
        <dl key={position} className={styles.row}>
          {kept.columns.map((column, at) =>
            row[at] ? (
              <div key={column}>
                <dt>{column}</dt>
                <dd>{row[at]}</dd>
              </div>
            ) : null,
          )}
        </dl>
      ))}
      {kept.count > kept.rows.length && <p className={rows.soft}>{t("my_data.rest", { count: kept.count })}</p>}
      <p className={rows.soft}>
        {kept.correct ? <Link to={kept.correct}>{t("my_data.correct")}</Link> : t("my_data.correct_at_site")}
      </p>
    </details>
  );
}

function Erase({ abouts }: { abouts: About[] }) {
  const t = useText();
  const [asked, setAsked] = useState<About>();
  const children = abouts.filter((about) => about.child);
  return (
    <Section title={t("my_data.erase_title")}>
      <p>{t("my_data.erase_lead")}</p>
      <ul className={styles.facts}>
        <li>{t("my_data.erase_first")}</li>
        <li>{t("my_data.erase_gone")}</li>
        <li>{t("my_data.erase_stays")}</li>
      </ul>
      <Group gap="sm">
        {abouts.map((about) => (
          <Button key={about.id} variant="default" className={styles.erase} onClick={() => setAsked(about)}>
            {about.child ? t("my_data.erase_child", { name: about.name }) : t("my_data.erase_me")}
          </Button>
        ))}
      </Group>
      {asked && (
        <EraseDialog
          about={asked}
          childrenCount={asked.child ? 0 : children.length}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Section>
  );
}
