/** Bring a week in from a spreadsheet: choose, look, confirm. */
import { Button, Stack, Text } from "@mantine/core";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { EmptyState, Loaded, Page, ProgressBar, useErrorText, WeChatFallback } from "@/ui";
import { History } from "./History";
import { PreviewView } from "./PreviewView";
import { TakeOut } from "./TakeOut";
import { UploadBox } from "./UploadBox";
import { useImport } from "./useImport";

const TEMPLATE = "/api/imports/template";
/** What says that a preview is no more. */
const over = new Set(["preview_expired", "already_imported", "not_found"]);

export default function ImportPage() {
  const t = useText();
  const words = useErrorText();
  const { id, preview, upload, confirm, confirming, putAway } = useImport();
  const lost: unknown = preview.error;
  const gone = lost instanceof Refusal && over.has(lost.code) && preview.data?.state !== "confirmed";
  return (
    <Page
      title={t(id && preview.data?.state !== "confirmed" ? "import.preview_title" : "import.title")}
      lead={id ? undefined : t("import.lead")}
      width="full"
    >
      {upload.isPending ? (
        <ProgressBar label={t("import.checking")} detail={t("import.checking_detail")} />
      ) : id && gone ? (
        <EmptyState
          picture="calendar"
          title={words(lost)}
          action={<Button onClick={putAway}>{t("import.again")}</Button>}
        >
          {t("import.gone")}
        </EmptyState>
      ) : id ? (
        <Loaded query={preview} skeleton={<ProgressBar label={t("import.checking")} />}>
          {(data) => (
            <PreviewView
              preview={data}
              onConfirm={confirm}
              confirming={confirming.isPending}
              error={confirming.isError ? words(confirming.error) : undefined}
              onReplace={putAway}
            />
          )}
        </Loaded>
      ) : (
        <Stack gap="lg" maw="var(--measure)">
          <UploadBox onFile={(file) => upload.mutate(file)} busy={upload.isPending} />
          {upload.error && (
            <Text c="var(--empty)" role="alert">
              {words(upload.error)}
            </Text>
          )}
          <WeChatFallback address={new URL(TEMPLATE, window.location.origin).href} of={t("import.template")}>
            <Text>
              <a href={TEMPLATE} download>
                {t("import.template")}
              </a>
            </Text>
          </WeChatFallback>
          <TakeOut />
          <History />
        </Stack>
      )}
    </Page>
  );
}
