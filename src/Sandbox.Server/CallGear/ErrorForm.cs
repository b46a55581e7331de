namespace OrleansSync.Sandbox.CallGear;

/// <summary>What a refusal of an employee or a group says of what it refuses: the vendor documents field and value as optional.</summary>
public enum ErrorForm
{
    /// <summary>The field; of a number <c>phone_numbers.phone_number</c>.</summary>
    Named,

    /// <summary>The field, with a number's place in the list: <c>phone_numbers[1].phone_number</c>.</summary>
    Indexed,

    /// <summary>The field and the value.</summary>
    WithValue,

    /// <summary>Neither.</summary>
    NoField,

    /// <summary>Neither, and <c>error</c> instead of the mnemonic: free text is all there is.</summary>
    FreeText,
}
