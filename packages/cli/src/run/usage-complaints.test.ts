import { readComplaint } from './usage-complaints.ts';

test('colours and advice to see help go; what is not known stays', () => {
  expect(readComplaint('\u001B[2mSomething else\u001B[22m\nSee more help with --help')).toEqual({
    message: 'Something else.',
    hint: null,
  });
});

test('of several mistakes all are told', () => {
  const text = `The following errors occurred:
  \u001B[2m--plan=true cannot also be provided when using --sql
  All of the following must be provided when using --skip-data-steps: --sql\u001B[22m`;
  expect(readComplaint(text)).toEqual({
    message: '--plan and --sql exclude each other. --skip-data-steps only means something with --sql.',
    hint: 'Leave one of them out.',
  });
});
