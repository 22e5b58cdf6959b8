import { useState } from 'preact/hooks';
import type { Bilingual } from '../../shared/domain/catalogue.ts';
import type { Config } from '../config.ts';
import { useText } from '../language.ts';
import { Fault } from '../parts/fault.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { Notice } from '../parts/notice.tsx';
import { beginSignIn } from './sign-in.ts';

/** Why nobody is signed in although somebody was, or wanted to be. */
export type SignInProblem = 'ended' | 'failed' | 'no-role';

const problems: Record<SignInProblem, Bilingual> = {
  ended: {
    vi: 'Phiên làm việc đã kết thúc. Hãy đăng nhập lại.',
    en: 'The session has ended. Sign in again.',
  },
  failed: {
    vi: 'Lần đăng nhập vừa rồi không hoàn tất. Hãy đăng nhập lại.',
    en: 'The sign-in was not completed. Sign in again.',
  },
  'no-role': {
    vi: 'Tài khoản này chưa được cấp vai trò. Hãy liên hệ quản trị viên.',
    en: 'This account has no role yet. Ask an administrator.',
  },
};

/** The first page of whoever is not signed in. */
export function SignInPage({ config, problem }: { config: Config; problem?: SignInProblem }) {
  const text = useText();
  const [fault, setFault] = useState<unknown>();
  const signIn = () => {
    setFault(undefined);
    beginSignIn(config, location.pathname + location.search).catch(setFault);
  };
  return (
    <main class="shell-main stack">
      <div class="stack-tight">
        <h1>tiendo</h1>
        <p class="lead">
          {text({
            vi: 'Nộp số liệu và theo dõi thời hạn theo Chỉ thị của Thủ tướng Chính phủ về phát triển Chính phủ số.',
            en: 'Send figures and follow deadlines under the Prime Minister’s directive on digital government.',
          })}
        </p>
      </div>
      {problem && <Notice kind="warning" title={text(problems[problem])} />}
      {fault !== undefined && <Fault fault={fault} />}
      <p class="row">
        <button type="button" class="button primary" onClick={signIn}>
          {text({ vi: 'Đăng nhập', en: 'Sign in' })}
        </button>
        <LanguageSwitch />
      </p>
    </main>
  );
}
