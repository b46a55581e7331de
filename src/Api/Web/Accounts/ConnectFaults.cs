using Microsoft.Extensions.Localization;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Web.Texts;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Api.Web.Accounts;

/// <summary>One thing that is wrong with the form.</summary>
/// <param name="Field">The field's name; null for what concerns none.</param>
/// <param name="Label">What the field is called; null for what concerns none.</param>
/// <param name="Text">What is wrong and what to do, in the viewer's language.</param>
/// <param name="Detail">What the vendor said, in English; null when it said nothing.</param>
public sealed record ConnectFault(string? Field, string? Label, string Text, string? Detail = null);

/// <summary>Says of everything that is wrong with the form where it is and what to do, in the viewer's language.</summary>
internal sealed class ConnectFaults(IStringLocalizer<WebText> texts)
{
    /// <summary>The fields by the paths that judge them, in the form's order.</summary>
    private static readonly (string Path, string Field, string Label)[] _fields =
    [
        ("displayName", nameof(ConnectForm.DisplayName), "DisplayName"),
        ("accountId", nameof(ConnectForm.AccountId), "AccountId"),
        ("bitrix24.oauth.clientEndpoint", nameof(ConnectForm.Portal), "PortalAddress"),
        ("bitrix24.webhookUrl", nameof(ConnectForm.WebhookUrl), "WebhookUrl"),
        ("bitrix24.applicationToken", nameof(ConnectForm.ApplicationToken), "ApplicationToken"),
        ("callGear.baseUrl", nameof(ConnectForm.BaseUrl), "CallGearAddress"),
        ("callGear.accessToken", nameof(ConnectForm.AccessToken), "AccessToken"),
        ("callGear.userId", nameof(ConnectForm.UserId), "AgentCustomer"),
        ("settings.maxDeletionsPercent", nameof(ConnectForm.MaxDeletionsPercent), "MaxDeletionsPercent"),
        ("settings.responsibleGroupId", nameof(ConnectForm.ResponsibleGroupId), "ResponsibleGroup"),
    ];

    /// <summary>What is wrong with what was filled in, in the form's order.</summary>
    public IReadOnlyList<ConnectFault> Of(BodyErrors errors) =>
        [.. errors.All.OrderBy(error => Array.FindIndex(_fields, field => field.Path == error.Path))
            .Select(error => At(error.Path, TextOf(error.Fault), detail: null))];

    /// <summary>What a trial found, in the form's order.</summary>
    public IEnumerable<ConnectFault> Of(ConnectionCheck check, bool byConsent)
    {
        if (check.Bitrix24.Problem is { } bitrix24)
        {
            yield return At(byConsent ? "bitrix24.oauth.clientEndpoint" : "bitrix24.webhookUrl", bitrix24);
        }

        if (check.CallGear.Problem is { } callGear)
        {
            yield return At(ConcernsAddress(callGear.Code) ? "callGear.baseUrl" : "callGear.accessToken", callGear);
        }

        if (check.Group is { } group)
        {
            yield return At("settings.responsibleGroupId", group);
        }
    }

    private static bool ConcernsAddress(ProblemCode code) =>
        code is ProblemCode.AddressRefused or ProblemCode.Unreachable or ProblemCode.InvalidAnswer;

    private ConnectFault At(string path, Problem problem) =>
        At(path, $"{texts.TitleOf(problem.Code)}. {texts.RemedyInForm(problem.Code)}", problem.Message);

    /// <summary>The name of the text that a property of the form is called by.</summary>
    public static string LabelOf(string field) => Array.Find(_fields, known => known.Field == field).Label;

    private ConnectFault At(string path, string text, string? detail) =>
        Array.Find(_fields, field => field.Path == path) is { Field: { } name, Label: var label }
            ? new ConnectFault(name, texts[label], text, detail)
            : new ConnectFault(null, null, text, detail);

    private string TextOf(BodyFault fault) => fault.Kind == FaultKind.Other
        ? fault.Message
        : texts["Fault_" + CamelCaseEnum<FaultKind>.NameOf(fault.Kind), fault.Arguments];
}
