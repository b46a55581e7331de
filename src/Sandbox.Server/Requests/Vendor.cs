namespace OrleansSync.Sandbox.Requests;

/// <summary>The imitated vendors.</summary>
public enum Vendor
{
    /// <summary>Bitrix24's REST API and its token endpoint.</summary>
    Bitrix24,

    /// <summary>CallGear's Data API.</summary>
    CallGear,
}
