/** 服务站点: what a site has, its rooms and kits; and closing a room or the whole site for a while. */
import { NativeSelect } from "@mantine/core";
import { useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { EmptyState, Loaded, Page } from "@/ui";
import { Closures } from "./Closures";
import { Kits } from "./Kits";
import { Rooms } from "./Rooms";

export default function SitesPage() {
  const t = useText();
  const [search, setSearch] = useSearchParams();
  const places = api.useQuery("get", "/api/places");
  return (
    <Page title={t("sites.title")} lead={t("sites.lead")}>
      <Loaded query={places}>
        {(known) => {
          const mine = known.filter((place) => place.editable);
          const site = mine.find((place) => String(place.id) === search.get("hub")) ?? mine[0];
          if (!site) return <EmptyState title={t("sites.none")}>{t("sites.none_hint")}</EmptyState>;
          return (
            <>
              {mine.length > 1 && (
                <NativeSelect
                  label={t("sites.site")}
                  value={site.id}
                  onChange={(event) => setSearch({ hub: event.currentTarget.value }, { replace: true })}
                  data={mine.map((place) => ({ value: String(place.id), label: place.name }))}
                />
              )}
              <Closures key={`closures ${site.id}`} site={site} />
              <Rooms key={`rooms ${site.id}`} site={site} />
              <Kits key={`kits ${site.id}`} site={site} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
