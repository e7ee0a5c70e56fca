import { lastStage } from './dockerfile.ts';

test.each([
  ['FROM a\nRUN one\nRUN two\n', ['one', 'two']],
  ['FROM a AS b\nRUN one\n\nFROM c\n# RUN no\nCOPY --from=b x x\nRUN two && three\n', ['two && three']],
  ['FROM a\nRUN one\nFROM b\nCMD ["x"]\n', []],
])('the last stage of %j runs %j', (dockerfile, run) => {
  expect(lastStage(dockerfile)).toEqual({ run });
});
