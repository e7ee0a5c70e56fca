import { isMountedNoexec } from './directory.ts';

test.each([
  ['tmpfs /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=65536k 0 0', true],
  ['tmpfs /dev/shm tmpfs rw,relatime,size=24684096k 0 0', false],
  ['tmpfs /dev/shm/other tmpfs rw,noexec 0 0', false],
  ['tmpfs /dev/shm tmpfs rw,noexec 0 0\ntmpfs /dev/shm tmpfs rw 0 0', false],
  ['', false],
])('with the mounts %j, programs are forbidden on /dev/shm: %s', (mounts, forbidden) => {
  expect(isMountedNoexec(`proc /proc proc rw,noexec 0 0\n${mounts}\n`, '/dev/shm')).toBe(forbidden);
});
