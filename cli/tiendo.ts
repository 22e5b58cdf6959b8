import { exitCodes } from './command-error.ts';
import { alertsCommand } from './commands/alerts.ts';
import { assessCommand } from './commands/assess.ts';
import { catalogueCommand } from './commands/catalogue.ts';
import { checkCommand } from './commands/check.ts';
import { loginCommand } from './commands/login.ts';
import { scoreboardCommand } from './commands/scoreboard.ts';
import { statusCommand } from './commands/status.ts';
import { submitCommand } from './commands/submit.ts';
import { templateCommand } from './commands/template.ts';
import { usersCommand } from './commands/users.ts';
import { withdrawCommand } from './commands/withdraw.ts';
import { createProgram } from './program.ts';

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
  alertsCommand(),
  usersCommand(),
]);
try {
  await program.parseAsync();
} catch (error) {
  // A fault of ours; Node would end with 1, which here means a rejected file.
  console.error(error);
  process.exitCode = exitCodes.notDone;
}
