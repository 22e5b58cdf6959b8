import { render } from 'preact';
import { App } from './app.tsx';
import './look/fonts.css';
import './look/tokens.css';
import './look/base.css';
import './look/parts.css';
import './look/shell.css';
import './findings/findings.css';
import './pages/send/send.css';
import './pages/submissions/submissions.css';
import './pages/unit/unit.css';

const place = document.getElementById('portal');
if (!place) throw new Error('index.html has no element #portal');
render(<App />, place);
