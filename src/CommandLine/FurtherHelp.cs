using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OrleansSync.CommandLine;

/// <summary>Help that says more than the names of commands and options.</summary>
public static class FurtherHelp
{
    /// <summary>Has the help of a program, and of its commands, end with a text.</summary>
    /// <param name="command">The program's commands and options.</param>
    /// <param name="text">The text.</param>
    public static void EndHelpWith(this RootCommand command, string text)
    {
        var help = command.Options.OfType<HelpOption>().Single();
        help.Action = new LongerHelp((HelpAction)help.Action!, text);
    }

    private sealed class LongerHelp(HelpAction help, string text) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(text);
            return code;
        }
    }
}
