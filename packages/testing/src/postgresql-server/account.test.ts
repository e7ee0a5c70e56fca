import { findAccount } from './account.ts';

const passwd = `root:x:0:0:root:/root:/bin/bash
nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin
postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash
`;

test.each([
  [['nobody', 'postgres'], { uid: 65534, gid: 65533 }],
  [['absent', 'postgres'], { uid: 101, gid: 104 }],
  [['absent'], undefined],
])('of %j, the first that exists', (names, account) => {
  expect(findAccount(passwd, names)).toEqual(account);
});
