/** Photos: who is to be on none stands above them, by name; what has to be looked at again is marked. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, Icon, notifyDone, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../files.module.css";
import type { FileOut, Photo, Photos, Put } from "../types";
import { AddPhotos } from "./AddPhotos";
import { GoesWithout, Part } from "./Part";

interface Props {
  file: FileOut;
  put: Put;
}

export function PhotosPart({ file, put }: Props) {
  const t = useText();
  const { photos, no_photo: children, without } = file;
  const fine = photos.length > 0 ? !photos.some((one) => one.review) : without.photos;
  const names = children.map((one) => one.name).join(t("file.comma"));
  return (
    <Part title={t("file.section_photos")} there={fine}>
      {names && (
        <p className={styles.notice}>
          <Icon name="camera" />
          <span>{t("file.no_photo", { names })}</span>
        </p>
      )}
      {photos.length > 0 && (
        <ul className={styles.photos}>
          {photos.map((one, index) => (
            <Shown key={one.id} photo={one} number={index + 1} names={names} file={file} put={put} />
          ))}
        </ul>
      )}
      <AddPhotos file={file} names={names} put={put} />
      {photos.length === 0 && <GoesWithout part="photos" file={file} put={put} />}
    </Part>
  );
}

interface ShownProps extends Props {
  photo: Photo;
  number: number;
  names: string;
}

function Shown({ photo, number, names, file, put }: ShownProps) {
  const t = useText();
  const words = useErrorText();
  const [asked, ask] = useState(false);
  const changed = (said: string) => (photos: Photos) => {
    put(photos);
    notifyDone(said);
  };
  const path = { path: { photo_id: photo.id } };
  const check = api.useMutation("post", "/api/files/photos/{photo_id}/check", {
    onSuccess: changed(t("file.checked")),
  });
  const remove = api.useMutation("delete", "/api/files/photos/{photo_id}", { onSuccess: changed(t("file.removed")) });
  return (
    <li className={styles.photo} data-review={photo.review || undefined}>
      <a href={photo.large} target="_blank" rel="noreferrer">
        <img src={photo.small} alt={t("file.photo_alt", { number })} />
      </a>
      {photo.review && (
        <>
          <span className={rows.reason}>
            <Icon name="warning" /> {t("file.review", { names })}
          </span>
          <Button
            variant="default"
            loading={check.isPending}
            onClick={() => check.mutate({ params: path, body: { not_shown: file.no_photo.map((child) => child.id) } })}
          >
            {t("file.none_of_them")}
          </Button>
        </>
      )}
      {check.error !== null && (
        <span role="alert" className={rows.error}>
          {words(check.error)}
        </span>
      )}
      <Button variant="subtle" onClick={() => ask(true)} aria-label={t("file.remove_number", { number })}>
        {t("file.remove")}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => ask(false)}
        title={t("file.remove_title")}
        consequence={t("file.remove_hint")}
        verb={t("file.remove")}
        busy={remove.isPending}
        error={remove.error === null ? undefined : words(remove.error)}
        onConfirm={() => remove.mutate({ params: path })}
      />
    </li>
  );
}
