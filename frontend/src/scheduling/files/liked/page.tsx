/** The link of a family's message: how was it? One tap on a face; nobody signs in, nobody is named. */
import { Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Opened } from "@/scheduling/callouts/Opened";
import { BarePage, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { FaceButtons } from "../FaceButtons";
import styles from "../files.module.css";
import type { FaceLink } from "../types";

const ADDRESS = "/api/face-links/{token}";

export default function LikedPage() {
  const t = useText();
  const { token = "" } = useParams();
  const page = api.useQuery("get", ADDRESS, { params: { path: { token } } });
  return (
    <BarePage title={t("liked.title")} named>
      <Opened query={page} words="liked">
        {(link) => <Ask link={link} token={token} />}
      </Opened>
    </BarePage>
  );
}

function Ask({ link, token }: { link: FaceLink; token: string }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const cache = useQueryClient();
  const path = { params: { path: { token } } };
  const say = api.useMutation("post", ADDRESS, {
    onSuccess: (data) => cache.setQueryData(["get", ADDRESS, path], data),
    onError: () => void cache.invalidateQueries({ queryKey: ["get", ADDRESS, path] }),
  });
  const { face, open } = link;
  return (
    <section className={styles.ask}>
      <Title order={1}>{t("liked.question")}</Title>
      <p className={rows.facts}>
        <span className={rows.name}>{link.program}</span>
        <span>{dates.span(link.starts_at, link.ends_at)}</span>
        <span className={rows.soft}>{link.hub}</span>
      </p>
      <FaceButtons
        chosen={face}
        disabled={!open || say.isPending}
        onChoose={(chosen) => say.mutate({ ...path, body: { face: chosen } })}
      />
      <p role="status">
        {face === "" ? t("liked.hint") : t(open ? "liked.noted" : "liked.stands", { face: t(`file.face_${face}`) })}
      </p>
      {say.error !== null && (
        <span role="alert" className={rows.error}>
          {words(say.error)}
        </span>
      )}
      <p className={rows.soft}>{t("liked.anonymous")}</p>
      <p className={rows.soft}>{t("liked.unwished")}</p>
    </section>
  );
}
