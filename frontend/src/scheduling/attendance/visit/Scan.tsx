/** Here without the door's code: it is scanned, with WeChat's scanner or this page's camera, or a card is held up. */
import { Button, Group, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Link, useNavigate } from "react-router";
import { useText } from "@/i18n";
import { EmptyState, Icon, isWeChat } from "@/ui";
import { codeIn } from "./code";

const Camera = lazy(() => import("@/ui/Camera"));

export function Scan() {
  const t = useText();
  const navigate = useNavigate();
  const [looking, look] = useState(false);
  const [other, setOther] = useState(false);
  const read = (text: string) => {
    const code = codeIn(text);
    if (code) navigate(`/in/${code}`);
    setOther(!code);
  };
  return (
    <>
      <EmptyState
        order={1}
        picture="door"
        title={t("visit.scan")}
        action={
          <Group gap="sm" justify="center">
            {!isWeChat() && !looking && (
              <Button leftSection={<Icon name="search" />} onClick={() => look(true)}>
                {t("visit.scan_do")}
              </Button>
            )}
            <Button component={Link} to="/card" variant="default">
              {t("visit.card")}
            </Button>
            <Button component={Link} to="/" variant="subtle">
              {t("visit.home")}
            </Button>
          </Group>
        }
      >
        {t(isWeChat() ? "visit.scan_wechat" : "visit.scan_hint")}
      </EmptyState>
      {other && <Text role="alert">{t("visit.scan_other")}</Text>}
      {looking && (
        <Suspense>
          <Camera facing="environment" otherwise={t("visit.no_camera")} onText={read} onClose={() => look(false)} />
        </Suspense>
      )}
    </>
  );
}
