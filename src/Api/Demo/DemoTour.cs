using System.Net;
using OrleansSync.Api.Accounts;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Api.Demo;

/// <summary>Does what an operator would do.</summary>
internal sealed class DemoTour(IGrainFactory grains, AccountConnecting connecting, RunRequesting requesting, RunWaiting waiting)
{
    private const string Account = DemoSeed.Name;
    private static readonly TimeSpan _erasurePause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _patience = TimeSpan.FromDays(1);

    /// <summary>Connects the account and imports it; answers the run as the interface shows it.</summary>
    /// <param name="sandbox">The imitated vendors.</param>
    /// <param name="isFirst">Whether the sandbox is fresh, so that links of an earlier start, if any, point nowhere.</param>
    /// <param name="cancellationToken">Ends the tour.</param>
    public async Task<RunResponse> ImportAsync(DemoSandbox sandbox, bool isFirst, CancellationToken cancellationToken)
    {
        var context = new DefaultHttpContext
        {
            User = Caller.Operator(KeyAuthentication.SchemeName),
            Connection = { RemoteIpAddress = IPAddress.Loopback },
        };
        if (isFirst)
        {
            await connecting.DisconnectAsync(context, Account);
        }

        var isNew = await ConnectAsync(context, Body(sandbox), cancellationToken);
        var portal = grains.FindPortal(Account)!;

        // Connecting a new account starts its first run by itself.
        var run = isNew
            ? (await portal.ListRunsAsync(new RunQuery(Cursor: null, 1)))!.Items[0]
            : (await requesting.SynchronizeAsync(context, Account, new RunRequest(RunTrigger.Manual))).Run
                ?? throw new InvalidOperationException("The demo's account takes no run now.");
        return await waiting.WaitAsync(portal, run, _patience, cancellationToken)
            ?? throw new OperationCanceledException("The demo ended before the run.", cancellationToken);
    }

    private async Task<bool> ConnectAsync(HttpContext context, AccountBody body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var errors = new BodyErrors();
            var answer = await connecting.PutAsync(context, Account, body, errors);
            if (answer is not { Outcome: ConnectOutcome.BeingErased })
            {
                return answer is null
                    ? throw new InvalidOperationException($"The demo's account was refused: {string.Join("; ", errors.All)}")
                    : answer.Outcome == ConnectOutcome.Connected;
            }

            // What an unfinished demo left is being erased.
            await Task.Delay(_erasurePause, TimeProvider.System, cancellationToken);
        }
    }

    private static AccountBody Body(DemoSandbox sandbox) => new()
    {
        DisplayName = "Acme (demo)",
        Bitrix24 = new Bitrix24Body
        {
            Edition = Bitrix24Edition.Cloud,
            WebhookUrl = sandbox.Portal.WebhookUrl.AbsoluteUri,
            ApplicationToken = sandbox.Portal.ApplicationToken,
        },
        CallGear = new CallGearBody { BaseUrl = sandbox.Account.BaseUrl.AbsoluteUri, AccessToken = sandbox.Account.AccessToken },
        Settings = new SettingsBody { ResponsibleGroupId = DemoSeed.GroupId },
    };
}
