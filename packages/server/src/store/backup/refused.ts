/** A file that cannot be restored, or a place that it cannot be restored to: why and where, for whoever runs the command. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}
