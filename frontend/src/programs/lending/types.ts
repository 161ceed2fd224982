import type { components } from "@/api/schema";

export type BookRow = components["schemas"]["BookRow"];
export type Book = components["schemas"]["BookOut"];
export type BookCopy = components["schemas"]["BookCopy"];
export type House = components["schemas"]["BookHouse"];
export type Preview = components["schemas"]["BooksPreview"];
export type CopyState = BookCopy["state"];
