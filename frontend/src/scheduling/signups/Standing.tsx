/** A shift of mine that I mean to come to every week: made so by one tap, taken back by another. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, notifyDone } from "@/ui";
import rows from "@/ui/rows.module.css";
import { useRefreshWishes } from "@/volunteers/useRefreshWishes";
import styles from "./signups.module.css";
import type { MyShift } from "./types";
import { useWhyNot } from "./useWhyNot";

export function Standing({ shift }: { shift: MyShift }) {
  const t = useText();
  const words = useWhyNot();
  const refresh = useRefreshWishes();
  const done = (text: string) => async () => {
    await refresh();
    notifyDone(t(text));
  };
  const make = api.useMutation("post", "/api/assignments/{assignment_id}/standing", {
    onSuccess: done("standing.made"),
  });
  const end = api.useMutation("delete", "/api/volunteers/standing-shifts/{shift_id}", {
    onSuccess: done("standing.ended"),
  });
  const { standing_id: mine } = shift;
  const error = make.error ?? end.error;
  return (
    <>
      {mine === null ? (
        <Button
          variant="subtle"
          className={styles.standing}
          leftSection={<Icon name="pin" />}
          loading={make.isPending}
          onClick={() => make.mutate({ params: { path: { assignment_id: shift.id } } })}
        >
          {t("standing.make")}
        </Button>
      ) : (
        <div className={rows.foot}>
          <span className={styles.own}>
            <Icon name="pin" />
            {t("standing.mine")}
          </span>
          <Button
            variant="subtle"
            loading={end.isPending}
            onClick={() => end.mutate({ params: { path: { shift_id: mine } } })}
          >
            {t("standing.end")}
          </Button>
        </div>
      )}
      {error && (
        <span role="alert" className={rows.reason}>
          {words(error)}
        </span>
      )}
    </>
  );
}
