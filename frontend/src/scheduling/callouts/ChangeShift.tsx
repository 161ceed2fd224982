/** 换班 and 替班: with whom a shift of mine could change hands; one question at a time is open for it. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import styles from "@/scheduling/signups/signups.module.css";
import type { MyShift } from "@/scheduling/signups/types";
import { Icon } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Swap } from "./types";
import { useRefreshAsked, useSwaps } from "./useAsks";

/** Fetched when somebody wants it: few look at it, and all look at their shifts. */
const ChoosePartner = lazy(() => import("./ChoosePartner"));

export interface ChangeShiftProps {
  shift: MyShift;
}

export default function ChangeShift({ shift }: ChangeShiftProps) {
  const t = useText();
  const [choosing, setChoosing] = useState(false);
  const open = useSwaps().data?.find((swap) => swap.by_me && swap.place === shift.id);
  if (open) return <Waiting swap={open} />;
  return (
    <>
      <Button
        variant="subtle"
        className={styles.standing}
        leftSection={<Icon name="swap" />}
        onClick={() => setChoosing(true)}
      >
        {t("swap.change")}
      </Button>
      {choosing && (
        <Suspense>
          <ChoosePartner shift={shift} onClose={() => setChoosing(false)} />
        </Suspense>
      )}
    </>
  );
}

function Waiting({ swap }: { swap: Swap }) {
  const t = useText();
  const refresh = useRefreshAsked();
  const withdraw = api.useMutation("post", "/api/swaps/{swap_id}/withdraw", { onSettled: refresh });
  return (
    <div className={rows.foot}>
      <span className={styles.own}>
        <Icon name="swap" />
        {t(swap.wanted ? "swap.waiting" : "swap.waiting_take", { name: swap.other })}
      </span>
      <Button
        variant="subtle"
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ params: { path: { swap_id: swap.id } } })}
      >
        {t("swap.withdraw")}
      </Button>
    </div>
  );
}
