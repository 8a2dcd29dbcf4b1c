/** Words of the pages before anybody is known, and of the first minutes after (UX d). */
export const signIn = {
  'sign-in.title': 'Sign in',
  'sign-in.email': 'E-mail address',
  'sign-in.password': 'Password',
  'sign-in.do': 'Sign in',
  'sign-in.lost':
    'No password any more? An administrator of your organisation makes a new link for you under People.',
  'sign-in.first': 'Nobody is an administrator here yet.',
  'sign-in.first-text':
    'The server printed a link when it started. Open that link to set up the organisation. It works for 24 hours; starting the server again prints a new one.',
  'setup.title': 'Set up your organisation',
  'setup.sentence':
    'Two minutes: who the organisation is, and who administers it. You can change all of it later.',
  'setup.organisation': 'Organisation',
  'setup.organisation-name': 'Name of the organisation',
  'setup.time-zone': 'Time zone',
  'setup.time-zone-help': 'Days begin and end in this zone: a date is overdue when its day has ended there.',
  'setup.person': 'You',
  'setup.name': 'How others see you',
  'setup.name-help': 'Your role, such as Head of compliance, or your name. It stands beside all you do.',
  'setup.email-help': 'Only used to sign in.',
  'setup.password-help':
    'At least 12 characters. A sentence of four or five words is easy to keep and hard to guess.',
  'setup.do': 'Set up and sign in',
  'setup.link.unknown': 'This link is not known here.',
  'setup.link.used': 'This link was used already.',
  'setup.link.expired': 'This link has ended; it worked for 24 hours.',
  'setup.link.text':
    'The server prints a new link each time it starts, as long as nobody is an administrator.',
  'setup.done': 'This server is set up already.',
  'setup.too-short': 'A password has at least 12 characters; this one has {n}.',
  'setup.needed': 'This is needed.',
  'invitation.title': 'Join {organisation}',
  'invitation.title-plain': 'Your invitation',
  'invitation.sentence': '{name}, choose a password to sign in with as {email}.',
  'invitation.yours': '{name}, you are signed in as {email}, and join as who you are.',
  'invitation.do': 'Join and sign in',
  'invitation.join': 'Join',
  'invitation.have-one': 'You have an account on this server with this address?',
  'invitation.sign-in': 'Sign in, then join.',
  'invitation.ended.unknown': 'This invitation is not known here.',
  'invitation.ended.used': 'This invitation was accepted already.',
  'invitation.ended.expired': 'This invitation has ended; it was open for 7 days.',
  'invitation.ended-text': 'Whoever invited you can make a new link under People.',
  'invitation.to-sign-in': 'Go to sign in',
  'welcome.title': 'Where do you want to begin?',
  'welcome.sentence':
    'Throughline needs to know which AI systems {organisation} runs. Everything else follows from them.',
  'welcome.import': 'Import your inventory',
  'welcome.import-text':
    'A CSV or Excel file of any make. You see what each column becomes before anything is written.',
  'welcome.demo': 'Load the demo organisation',
  'welcome.demo-text':
    'An invented insurer with systems, risks, evidence and gaps. All of it is marked as demo, and can be removed at once.',
  'welcome.empty': 'Start empty',
  'welcome.empty-text': 'Add the first system by hand. It takes a name and an owner.',
  'welcome.demo-running': 'The demo organisation is being loaded. You can go on meanwhile.',
} as const;
