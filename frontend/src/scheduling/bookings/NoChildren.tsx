import { Button } from "@mantine/core";
import { useNavigate } from "react-router";
import { useText } from "@/i18n";
import { EmptyState } from "@/ui";

/** Nobody to book for yet, and where that begins. */
export function NoChildren() {
  const t = useText();
  const navigate = useNavigate();
  return (
    <EmptyState
      title={t("family.no_children")}
      action={<Button onClick={() => navigate("/family")}>{t("family.register")}</Button>}
    >
      {t("family.no_children_hint")}
    </EmptyState>
  );
}
