import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type ReaderBooks = Schemas["ReaderBooksOut"];
export type Reader = Schemas["ReaderOut"];
export type Loan = Schemas["LoanOut"];
export type Hold = Schemas["BookHoldOut"];
export type SnailOf = Schemas["SnailOfOut"];
export type Snail = Schemas["SnailOut"];
export type DeskReader = Schemas["DeskReaderOut"];
export type DeskCopy = Schemas["DeskCopyOut"];
export type DeskLoan = Schemas["DeskLoanOut"];
export type DeskHold = Schemas["DeskHoldOut"];
export type TakenBack = Schemas["TakenBackOut"];
