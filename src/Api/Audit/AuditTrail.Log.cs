using OrleansSync.Grains.Interfaces.Audit;

namespace OrleansSync.Api.Audit;

internal sealed partial class AuditTrail
{
    [LoggerMessage(4101, LogLevel.Error,
        "The audit entry {Action} of account {AccountId} by {ActorKind} {ActorId} could not be stored; the change itself was made")]
    private partial void EntryLost(Exception exception, string action, string accountId, AuditActorKind actorKind, string? actorId);

    [LoggerMessage(4102, LogLevel.Information,
        "Account {AccountId} was disconnected by {ActorKind} {ActorId} from {Address}; its audit trail is erased with it")]
    private partial void AccountDisconnected(string accountId, AuditActorKind actorKind, string? actorId, string? address);
}
