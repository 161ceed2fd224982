import type { components } from "@/api/schema";

export type CallOut = components["schemas"]["CallOutOut"];
export type CallList = components["schemas"]["CallListOut"];
export type Asked = components["schemas"]["AskedOut"];
export type Outcome = components["schemas"]["CallIn"]["outcome"];
export type Ask = components["schemas"]["AskOut"];
export type Swap = components["schemas"]["SwapOut"];
