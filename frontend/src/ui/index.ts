/** The kit: import from "@/ui" and pages look alike. */
export { ConfirmDialog } from "./ConfirmDialog";
export { CopyField } from "./CopyField";
export { DayChips } from "./DayChips";
export { addDays, type Dates, daysBetween, hubZone, localDay, mondayOf, useDates } from "./dates";
export { useElder } from "./elder";
export { useFocusBack } from "./focus";
export { Icon, type IconName } from "./icons";
export { notifyDone } from "./notify";
export { OpenCard } from "./OpenCard";
export { Page, Section } from "./Page";
export { ProgressBar } from "./ProgressBar";
export { Picture, type PictureName } from "./pictures";
export { Sentence, say, useErrorText } from "./Sentence";
export { type SessionState, StateMark, StateShape, stateOf } from "./StateMark";
export { EmptyState, ErrorState, Loaded, NoPermission, OfflineBanner, Skeleton, useOnline } from "./states";
export { WeChatFallback } from "./WeChatFallback";
export { copyText, isWeChat } from "./wechat";
