/** A new series: the form, then the days it comes to. */
import { useNavigate, useSearchParams } from "react-router";
import { useText } from "@/i18n";
import { newNeed } from "@/scheduling/sessions/NeedsEditor";
import { Loaded, localDay, notifyDone, Page } from "@/ui";
import { newDraft } from "../draft";
import { Editor } from "../Editor";
import { useEditing } from "../useEditing";

export default function NewSeriesPage() {
  const t = useText();
  const go = useNavigate();
  const [query] = useSearchParams();
  const day = query.get("day") ?? localDay(new Date());
  return (
    <Page title={t("series.new")} lead={t("series.new_lead")}>
      <Loaded query={useEditing()}>
        {({ choices, sites, terms }) => {
          const hub = sites.find((site) => site.id === Number(query.get("hub")))?.id ?? sites[0]?.id ?? 0;
          const details = { places: null, duty_worker: null, note: "", needs: [newNeed()] };
          return (
            <Editor
              begin={newDraft(day, hub, terms, details)}
              choices={choices}
              sites={sites}
              terms={terms}
              onSaved={(done, draft) => {
                notifyDone(t(draft ? "series.drafted" : "series.published"));
                void go(`/series/${done.series}`, { replace: true });
              }}
            />
          );
        }}
      </Loaded>
    </Page>
  );
}
