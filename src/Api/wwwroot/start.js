// Pages are whole documents: patching one into the next would take away what the components' elements set on themselves.
Blazor.start({ ssr: { disableDomPreservation: true } });
