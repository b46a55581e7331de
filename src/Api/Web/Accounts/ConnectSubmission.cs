using OrleansSync.Api.Accounts;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Hosting;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Api.Web.Accounts;

/// <summary>What became of a form that was sent: it is stored, or one of the others says why not.</summary>
/// <param name="Errors">What is wrong with what was filled in.</param>
/// <param name="Check">A trial that failed, or that found the same portal and CallGear account under another id.</param>
/// <param name="ConsentAt">Where the person consents before anything is stored.</param>
internal sealed record SubmittedForm(BodyErrors Errors, ConnectionCheck? Check = null, Uri? ConsentAt = null)
{
    /// <summary>Whether the account is connected or changed.</summary>
    public bool IsStored => Errors.IsEmpty && Check is null && ConsentAt is null;
}

/// <summary>
/// Carries out a form that connects an account or changes it: judges all of it, tries what is new, and stores it when both are well.
/// </summary>
internal sealed class ConnectSubmission(AccountConnecting connecting, PortalConsent consent, IGrainFactory grains)
{
    private const string IdPath = "accountId";

    private static readonly VendorCheck _untested = new(Count: null, Problem: null);

    public async Task<SubmittedForm> SubmitAsync(HttpContext context, ConnectForm form, AccountView? existing)
    {
        var errors = new BodyErrors();
        var accountId = existing?.AccountId ?? form.AccountId?.Trim() ?? "";
        if (existing is null && await grains.IsConnectedAsync(accountId))
        {
            errors.Add(IdPath, new BodyFault(FaultKind.AccountIdTaken, "is the id of an account that is connected already."));
        }

        form.ByConsent &= consent.IsOffered;
        var connection = await connecting.PrepareAsync(accountId, form.ToBody(errors), errors);
        if (connection is null || !errors.IsEmpty)
        {
            return new SubmittedForm(errors);
        }

        if (await FaultsAsync(context, accountId, connection, existing) is { } check
            && (!IsWell(check) || (check.ConnectedAs is not null && !form.Again)))
        {
            return new SubmittedForm(errors, check);
        }

        return form.ByConsent
            ? new SubmittedForm(errors, ConsentAt: await consent.BeginAsync(context, accountId, connection))
            : await StoreAsync(context, accountId, connection, errors);
    }

    // What stays as it is is not tried: whoever pauses an account must be able to while its key is refused.
    private async Task<ConnectionCheck?> FaultsAsync(
        HttpContext context, string accountId, AccountConnection connection, AccountView? existing)
    {
        var before = existing?.Connection;
        var isPortalNew = before is null || connection.Bitrix24.WebhookUrl is not null
            || connection.Bitrix24.PortalKey != before.Bitrix24.PortalKey;
        var isCallGearNew = connection.CallGear != before?.CallGear;
        var isGroupNew = isCallGearNew || connection.Settings.ResponsibleGroupId != before?.Settings.ResponsibleGroupId;
        if (!isPortalNew && !isGroupNew)
        {
            return null;
        }

        var check = await connecting.TryAsync(accountId, connection, context.RequestAborted);
        return check with
        {
            Bitrix24 = isPortalNew ? check.Bitrix24 : _untested,
            CallGear = isGroupNew ? check.CallGear : _untested,
            Group = isGroupNew ? check.Group : null,
            ConnectedAs = isPortalNew || isCallGearNew ? check.ConnectedAs : null,
        };
    }

    private static bool IsWell(ConnectionCheck check) => check is { Bitrix24.Problem: null, CallGear.Problem: null, Group: null };

    private async Task<SubmittedForm> StoreAsync(HttpContext context, string accountId, AccountConnection connection, BodyErrors errors)
    {
        if (await connecting.PutAsync(context, accountId, connection, errors) is { Outcome: ConnectOutcome.BeingErased })
        {
            errors.Add(
                IdPath, new BodyFault(FaultKind.BeingErased, "was disconnected and is still being erased. Try again in a few seconds."));
        }

        return new SubmittedForm(errors);
    }
}
