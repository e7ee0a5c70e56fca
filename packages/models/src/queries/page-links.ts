/** The part of a page that its links are made of. */
export interface PageNumbers {
  readonly page: number;
  readonly perPage: number;
  readonly pages: number;
  readonly total: number;
}

/** What the API says about a page beside its items. */
export type PageMeta = {
  readonly page: number;
  readonly pages: number;
  readonly per_page: number;
  readonly total: number;
  readonly first: string;
  readonly last: string;
  readonly prev: string | null;
  readonly next: string | null;
};

/**
 * The numbers and links of a page. Links keep the parameters of the request with all their values, but for `page`,
 * `per_page`, `endpoint` and those that begin with an underscore.
 *
 * @param requested - the absolute address of the request.
 */
export function pageMeta({ page, pages, perPage, total }: PageNumbers, requested: URL): PageMeta {
  const link = (number: number): string => {
    const url = new URL(requested);
    url.search = '';
    url.searchParams.set('page', String(number));
    url.searchParams.set('per_page', String(perPage));
    for (const [name, value] of requested.searchParams) {
      if (!['page', 'per_page', 'endpoint'].includes(name) && !name.startsWith('_')) {
        url.searchParams.append(name, value);
      }
    }
    return url.href;
  };
  return {
    page,
    pages,
    per_page: perPage,
    total,
    first: link(1),
    last: link(Math.max(pages, 1)),
    prev: page > 1 ? link(page - 1) : null,
    next: page < pages ? link(page + 1) : null,
  };
}
