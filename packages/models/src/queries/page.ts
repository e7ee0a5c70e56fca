/** Which page of a list: both are brought into their ranges. */
export interface PageRequest {
  /** From 1. Default: 1. */
  readonly page?: number;
  /** From 0 to 1000. Default: 10. */
  readonly perPage?: number;
}

/** One page of a list, with all that the JSON of its items needs. */
export interface Page<Item, Json, Options> {
  readonly items: readonly Item[];
  readonly page: number;
  readonly perPage: number;
  readonly pages: number;
  readonly total: number;
  /** The items as JSON; takes no further statement. */
  json(options?: Options): Json[];
}

/** One page of a list that is walked from key to key: it needs no count, and costs the same however deep it is. */
export interface KeyPage<Item, Json, Options> {
  readonly items: readonly Item[];
  /** What to ask for the next page with; null on the last one. */
  readonly next: string | null;
  json(options?: Options): Json[];
}

const defaultPerPage = 10;
const maximumPerPage = 1000;

/** The page and the number of items that a request really asks for. */
export function clampPage({ page, perPage }: PageRequest): { page: number; perPage: number } {
  return {
    page: isCount(page) && page >= 1 ? Math.min(page, 2 ** 31 - 1) : 1,
    perPage: isCount(perPage) && perPage >= 0 ? Math.min(perPage, maximumPerPage) : defaultPerPage,
  };
}

/** The number of pages that hold a number of items. */
export function pageCount(total: number, perPage: number): number {
  return perPage === 0 ? 0 : Math.ceil(total / perPage);
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value);
}
