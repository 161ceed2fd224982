/** What a scanned sticker opens, mostly in WeChat: the book it is on, or for staff the form that puts it on one. */
import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { Link, useParams } from "react-router";
import { api, call } from "@/api/client";
import { asForm } from "@/api/form";
import { useGrants, useMe } from "@/api/me";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { BarePage, EmptyState, Loaded, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { BookChoices, useBookLabel, useBooksLike } from "../BookChoices";
import { CopyLine } from "../CopyLine";
import { Cover } from "../Cover";
import { BorrowBox } from "../circulation/lazy";
import styles from "../lending.module.css";
import { PhotoField } from "../PhotoField";
import { Stock } from "../Stock";
import type { BookRow } from "../types";

type Sticker = components["schemas"]["StickerOut"];

export default function StickerPage() {
  const t = useText();
  const { code = "" } = useParams();
  const path = { params: { path: { code } } };
  const sticker = api.useQuery("get", "/api/stickers/{code}", path, { retry: false, meta: { live: ["books"] } });
  const [stuck, setStuck] = useState(false);
  return (
    <BarePage title={t("sticker.title")} named>
      <Loaded query={sticker}>
        {(data) =>
          data.book ? (
            <OnBook sticker={data} fresh={stuck} />
          ) : data.takeable ? (
            <PutOn
              sticker={data}
              onDone={() => {
                setStuck(true);
                void sticker.refetch();
              }}
            />
          ) : (
            <OnNothing code={data.code} />
          )
        }
      </Loaded>
    </BarePage>
  );
}

function OnBook({ sticker, fresh }: { sticker: Sticker; fresh: boolean }) {
  const t = useText();
  const signedIn = Boolean(useMe().data?.person);
  const guardian = useGrants().some((one) => one.role === "guardian");
  const { book, held } = sticker;
  if (!book) return null;
  return (
    <Stack gap="lg">
      {fresh && (
        <div role="status">
          <Title order={1}>{t("sticker.done")}</Title>
          <Text c="dimmed">{t("sticker.next")}</Text>
        </div>
      )}
      <div className={styles.open}>
        <Cover name={book.name} cover={book.cover} large />
        <Stack gap="sm">
          <Title order={fresh ? 2 : 1}>{book.name}</Title>
          {book.authors && <Text c="dimmed">{book.authors}</Text>}
          <Text>{t("sticker.of", { hub: sticker.hub })}</Text>
          {!held && <Stock copies={book.copies} free={book.free} />}
        </Stack>
      </div>
      {guardian && (
        <Suspense>
          <BorrowBox code={sticker.code} />
        </Suspense>
      )}
      {held && (
        <ul className={styles.lines}>
          <CopyLine copy={held} />
        </ul>
      )}
      <Group>
        {signedIn ? (
          <Link to={`/books/${book.id}`}>{t("sticker.more")}</Link>
        ) : (
          <Link to={`/sign-in?next=${encodeURIComponent(`/b/${sticker.code}`)}`}>{t("sticker.sign_in")}</Link>
        )}
      </Group>
    </Stack>
  );
}

function OnNothing({ code }: { code: string }) {
  const t = useText();
  const signedIn = Boolean(useMe().data?.person);
  return (
    <EmptyState
      order={1}
      picture="snail"
      title={t("sticker.free")}
      action={
        !signedIn && (
          <Button component={Link} to={`/sign-in?next=${encodeURIComponent(`/b/${code}`)}`}>
            {t("sticker.staff_sign_in")}
          </Button>
        )
      }
    >
      {t("sticker.free_hint")}
    </EmptyState>
  );
}

function PutOn({ sticker, onDone }: { sticker: Sticker; onDone: () => void }) {
  const t = useText();
  const words = useErrorText();
  const [name, setName] = useState("");
  const [authors, setAuthors] = useState("");
  const [known, setKnown] = useState<BookRow>();
  const [photo, setPhoto] = useState<File>();
  const like = useBooksLike(known ? "" : name);
  const label = useBookLabel();
  const put = useMutation({
    mutationFn: () =>
      call.POST("/api/stickers/{code}/book", {
        params: { path: { code: sticker.code } },
        ...asForm(known ? { title_id: known.id, photo } : { name, authors, photo }),
      }),
    onSuccess: onDone,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate();
      }}
    >
      <Stack gap="md">
        <div>
          <Title order={1}>{t("sticker.put_on")}</Title>
          <Text c="dimmed">{t("sticker.put_on_hint", { hub: sticker.hub, code: sticker.code })}</Text>
        </div>
        <TextInput
          label={t("field.name")}
          value={known?.name ?? name}
          maxLength={200}
          required
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => {
            setName(value);
            setKnown(undefined);
          }}
        />
        {known ? (
          <Text c="dimmed">{t("sticker.known", { n: known.copies })}</Text>
        ) : (
          <>
            <BookChoices
              choices={like.map((book) => ({ key: book.id, label: label(book), onChoose: () => setKnown(book) }))}
            />
            <TextInput
              label={t("field.authors")}
              description={t("sticker.optional")}
              value={authors}
              maxLength={200}
              autoComplete="off"
              onChange={({ currentTarget: { value } }) => setAuthors(value)}
            />
          </>
        )}
        {!known?.cover && <PhotoField label={t("books.photo")} photo={photo} onPhoto={setPhoto} />}
        {put.error && (
          <span role="alert" className={rows.error}>
            {words(put.error)}
          </span>
        )}
        <Button type="submit" loading={put.isPending} disabled={!known && !name.trim()}>
          {t("sticker.put")}
        </Button>
      </Stack>
    </form>
  );
}
