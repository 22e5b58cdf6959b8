import { exitCodes } from './command-error.ts';
import { ackCommand } from './commands/ack.ts';
import { alertsCommand } from './commands/alerts.ts';
import { assessCommand } from './commands/assess.ts';
import { catalogueCommand } from './commands/catalogue.ts';
import { checkCommand } from './commands/check.ts';
import { coordinatorsCommand } from './commands/coordinators.ts';
import { dueCommand } from './commands/due.ts';
import { loginCommand } from './commands/login.ts';
import { queryCommand } from './commands/query.ts';
import { scoreboardCommand } from './commands/scoreboard.ts';
import { silenceCommand } from './commands/silence.ts';
import { statusCommand } from './commands/status.ts';
import { submitCommand } from './commands/submit.ts';
import { templateCommand } from './commands/template.ts';
import { usersCommand } from './commands/users.ts';
import { withdrawCommand } from './commands/withdraw.ts';
import { createProgram } from './program.ts';

// A reader that has seen enough, such as `head`, ends the command as it ends other programs.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const program = createProgram([
  catalogueCommand(),
  templateCommand(),
  checkCommand(),
  assessCommand(),
  loginCommand(),
  submitCommand(),
  statusCommand(),
  withdrawCommand(),
  scoreboardCommand(),
  queryCommand(),
  alertsCommand(),
  ackCommand(),
  silenceCommand(),
  dueCommand(),
  coordinatorsCommand(),
  usersCommand(),
]);
try {
  await program.parseAsync();
} catch (error) {
  // A fault of ours; Node would end with 1, which here means a rejected file.
  console.error(error);
  process.exitCode = exitCodes.notDone;
}
